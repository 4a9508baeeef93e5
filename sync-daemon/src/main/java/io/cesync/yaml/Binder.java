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
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
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
  private Places places = Places.NONE;

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
    places = Places.of(type);
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
    Optional<Entries> entries = Entries.of(node, path, problems);
    if (entries.isEmpty()) {
      return null;
    }
    Map<Object, Object> values = new LinkedHashMap<>();
    for (NodeTuple tuple : entries.get().byKey().values()) {
      Object key = scalars.value(shape.key(), tuple.getKeyNode(), path);
      Object value = value(shape.value(), tuple.getValueNode(), entries.get().path(tuple));
      if (key != null && value != null) {
        values.put(key, value);
      }
    }
    return values;
  }

  private <R extends Record> R section(Class<R> type, Node node, String path) {
    // A section whose keys are all commented out.
    Node given = node.getTag().equals(Tag.NULL) ? Entries.none(node) : node;
    Optional<Entries> found = Entries.of(given, path, problems);
    if (found.isEmpty()) {
      return null;
    }
    Entries entries = found.get();
    List<Key> keys = Key.of(type);
    entries.reportUnknown(keys.stream().map(Key::name).toList(), places);
    Object[] arguments = keys.stream().map(key -> argument(key, entries)).toArray();
    if (Arrays.stream(arguments).anyMatch(argument -> argument == null)) {
      return null;
    }
    R made = construct(type, arguments);
    check(made, entries);
    return made;
  }

  private Object argument(Key key, Entries entries) {
    String path = entries.path(key.name());
    NodeTuple entry = entries.byKey().get(key.name());
    if (entry != null) {
      Object value = value(key.shape(), entry.getValueNode(), path);
      if (value != null && Limits.hold(scalars, key, value, entry.getValueNode(), path, problems)) {
        return key.optional() ? Optional.of(value) : value;
      }
      if (key.shape() instanceof Shape.Section) {
        return null;
      }
    } else if (key.required()) {
      String example =
          key.declared()
              .map(Declared::example)
              .filter(text -> !text.isEmpty())
              .map(text -> ", such as " + text)
              .orElse("");
      entries.problem(key.name(), "is missing; it must be given" + example);
      return null;
    }
    return fallback(key, entries.node(), path);
  }

  private Object fallback(Key key, Node parent, String path) {
    if (key.optional()) {
      return Optional.empty();
    }
    if (key.shape() instanceof Shape.Section section) {
      return section(section.type(), Entries.none(parent), path);
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
  private <R extends Record> void check(R made, Entries entries) {
    Check<R> check = (Check<R>) checks.get(made.getClass());
    if (check != null) {
      check.check(made, entries::problem);
    }
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
}
