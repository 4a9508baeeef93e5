package io.cesync.yaml;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes records as YAML that {@link Binder} reads back. Immutable. */
public final class YamlWriter {
  private final ScalarTypes types;

  public YamlWriter(ScalarTypes types) {
    this.types = types;
  }

  /**
   * Block style, keys in the order of the record's components; an absent Optional leaves its key
   * out.
   */
  public String write(Record value) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    // Not as binary: an error message with a control character should still be read.
    options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
    return new Yaml(new Plain(options), options).dump(tree(value));
  }

  /** As nested maps and lists of text, numbers and booleans, in the order of the components. */
  public Map<String, Object> tree(Record value) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (Key key : Key.of(value.getClass())) {
      Object part = get(key, value);
      if (part instanceof Optional<?> optional) {
        optional.ifPresent(present -> tree.put(key.name(), plain(present)));
      } else {
        tree.put(key.name(), plain(part));
      }
    }
    return tree;
  }

  private Object plain(Object value) {
    if (value == null
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof String) {
      return value;
    }
    if (value instanceof List<?> list) {
      // A new list each, or YAML would show two empty ones as an anchor and its alias.
      List<Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plain(element)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, part) -> plain.put(types.format(key), plain(part)));
      return plain;
    }
    return value instanceof Record section && !(value instanceof SingleValue)
        ? tree(section)
        : types.format(value);
  }

  private static Object get(Key key, Record value) {
    try {
      key.component().getAccessor().setAccessible(true);
      return key.component().getAccessor().invoke(value);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new LinkageError("a record without its accessor: " + value.getClass(), e);
    }
  }

  /**
   * Instants stand without quotes: what reads them knows their type anyway. Text with line breaks
   * other than \n has quotes: a literal block would make them \n.
   */
  private static final class Plain extends Representer {
    private static final Pattern INSTANT = Pattern.compile("[-0-9]{10}T[:0-9]{8}\\.[0-9]{6}Z");

    private static final Pattern OTHER_BREAK = Pattern.compile("[\\r\\u0085\\u2028\\u2029]");

    Plain(DumperOptions options) {
      super(options);
    }

    @Override
    protected Node representScalar(Tag tag, String text, DumperOptions.ScalarStyle style) {
      if (tag.equals(Tag.STR) && INSTANT.matcher(text).matches()) {
        return super.representScalar(Tag.TIMESTAMP, text, DumperOptions.ScalarStyle.PLAIN);
      }
      return super.representScalar(
          tag,
          text,
          OTHER_BREAK.matcher(text).find() ? DumperOptions.ScalarStyle.DOUBLE_QUOTED : style);
    }
  }
}
