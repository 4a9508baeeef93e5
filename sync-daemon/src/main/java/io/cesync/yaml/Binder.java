package io.cesync.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes records of YAML nodes and collects every problem on the way. A bad value of a key with a
 * default is replaced by the default, so that what depends on it is checked too. Not thread-safe;
 * one for each file.
 */
public final class Binder {
  private final Scalars scalars;
  private final Problems problems;
  private final Map<Class<?>, Check<?>> checks;

  /**
   * @param expand what happens to a value's text before it is parsed; throws {@link
   *     IllegalArgumentException} whose message is the problem
   * @param checks by the record that each is for
   */
  public Binder(
      ScalarTypes types,
      UnaryOperator<String> expand,
      Map<Class<?>, Check<?>> checks,
      Problems problems) {
    this.scalars = new Scalars(types, expand, problems);
    this.checks = checks;
    this.problems = problems;
  }

  /**
   * The record; what it holds is only complete if there are no problems. Empty if it can't be made.
   */
  public <R extends Record> Optional<R> bind(Node node, Class<R> type) {
    return Optional.ofNullable(section(type, node, ""));
  }

  /** Null if a problem was found and there is no value. */
  private Object value(Shape shape, Node node, String path) {
    boolean empty = node.getTag().equals(Tag.NULL);
    if (shape instanceof Shape.Section section) {
      return section(section.type(), node, path);
    }
    if (shape instanceof Shape.Free) {
      return scalars.free(node, path, 0);
    }
    if (empty) {
      problems.add(node.getStartMark(), path, "has no value; give it one or remove the line");
      return null;
    }
    if (shape instanceof Shape.Scalar scalar) {
      return scalars.value(scalar.type(), node, path);
    }
    return shape instanceof Shape.ListOf list
        ? list(list, node, path)
        : map((Shape.MapOf) shape, node, path);
  }

  private List<Object> list(Shape.ListOf shape, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(node.getStartMark(), path, "must be a list, such as [a, b]");
      return null;
    }
    List<Object> values = new ArrayList<>();
    int index = 0;
    for (Node element : sequence.getValue()) {
      Object value = value(shape.element(), element, path + "[" + index++ + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private Map<Object, Object> map(Shape.MapOf shape, Node node, String path) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, NodeTuple> entry : entries(node, path).entrySet()) {
      Node keyNode = entry.getValue().getKeyNode();
      Object key = scalars.value(shape.key(), keyNode, path);
      Object value =
          value(shape.value(), entry.getValue().getValueNode(), join(path, entry.getKey()));
      if (key != null && value != null) {
        values.put(key, value);
      }
    }
    return values;
  }

  private <R extends Record> R section(Class<R> type, Node node, String path) {
    int before = problems.lines().size();
    Map<String, NodeTuple> entries =
        node.getTag().equals(Tag.NULL) ? Map.of() : entries(node, path);
    if (!(node instanceof MappingNode) && problems.lines().size() > before) {
      return null;
    }
    List<Key> keys = Key.of(type);
    reportUnknown(entries, keys, path);
    Object[] arguments = keys.stream().map(key -> argument(key, entries, node, path)).toArray();
    if (Arrays.stream(arguments).anyMatch(argument -> argument == null)) {
      return null;
    }
    R made = construct(type, arguments);
    check(made, entries, node, path);
    return made;
  }

  private void reportUnknown(Map<String, NodeTuple> entries, List<Key> keys, String path) {
    List<String> known = keys.stream().map(Key::name).toList();
    entries.forEach(
        (name, tuple) -> {
          if (!known.contains(name)) {
            String advice =
                Suggestions.nearest(name, known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("known here: " + String.join(", ", known));
            problems.add(tuple.getKeyNode().getStartMark(), join(path, name), "unknown; " + advice);
          }
        });
  }

  private Object argument(Key key, Map<String, NodeTuple> entries, Node parent, String path) {
    String keyPath = join(path, key.name());
    NodeTuple entry = entries.get(key.name());
    if (entry != null) {
      Object value = value(key.shape(), entry.getValueNode(), keyPath);
      if (value != null
          && Limits.hold(scalars, key, value, entry.getValueNode(), keyPath, problems)) {
        return key.optional() ? Optional.of(value) : value;
      }
      if (key.shape() instanceof Shape.Section) {
        return null;
      }
    } else if (key.required()) {
      String example =
          key.declared()
              .map(Declared::example)
              .filter(e -> !e.isEmpty())
              .map(e -> ", such as " + e)
              .orElse("");
      problems.add(parent.getStartMark(), keyPath, "is missing; it must be given" + example);
      return null;
    }
    return fallback(key, parent, keyPath);
  }

  private Object fallback(Key key, Node parent, String path) {
    if (key.optional()) {
      return Optional.empty();
    }
    if (key.shape() instanceof Shape.Section section) {
      Node none =
          new MappingNode(
              Tag.MAP,
              false,
              List.of(),
              parent.getStartMark(),
              parent.getEndMark(),
              DumperOptions.FlowStyle.BLOCK);
      return section(section.type(), none, path);
    }
    return key.defaultText()
        .map(text -> value(key.shape(), Yamls.compose(text, problems).orElseThrow(), path))
        .orElseGet(() -> emptyOf(key));
  }

  private static Object emptyOf(Key key) {
    if (key.required()) {
      return null;
    }
    if (key.shape() instanceof Shape.ListOf) {
      return List.of();
    }
    return key.shape() instanceof Shape.MapOf
        ? Map.of()
        : key.shape() instanceof Shape.Scalar ? "" : null;
  }

  @SuppressWarnings("unchecked")
  private <R extends Record> void check(
      R made, Map<String, NodeTuple> entries, Node node, String path) {
    Check<R> check = (Check<R>) checks.get(made.getClass());
    if (check != null) {
      check.check(
          made,
          (key, message) -> {
            NodeTuple entry = entries.get(key);
            Node at = entry == null ? node : entry.getValueNode();
            problems.add(at.getStartMark(), key.isEmpty() ? path : join(path, key), message);
          });
    }
  }

  /**
   * The entries of a mapping by key; reports what isn't a mapping, keys that aren't text, and
   * duplicates.
   */
  private Map<String, NodeTuple> entries(Node node, String path) {
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node.getStartMark(), path, "must be a mapping of keys to values");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.add(key.getStartMark(), path, "a key must be plain text");
      } else if (entries.putIfAbsent(scalar.getValue(), tuple) != null) {
        problems.add(
            key.getStartMark(), join(path, scalar.getValue()), "stands here twice; remove one");
      }
    }
    return entries;
  }

  private static <R extends Record> R construct(Class<R> type, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          type + " refused values that its declaration allows", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record without its constructor: " + type, e);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
