package io.cesync.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** What YAML may stand at a place. */
public sealed interface Shape {
  /** One value. */
  record Scalar(Class<?> type) implements Shape {}

  /** A sequence. */
  record ListOf(Shape element) implements Shape {}

  /** A mapping with free keys. */
  record MapOf(Class<?> key, Shape value) implements Shape {}

  /** A mapping with the keys of a record. */
  record Section(Class<? extends Record> type) implements Shape {}

  /** Any YAML at all, as strings, numbers, booleans, lists and maps. */
  record Free() implements Shape {}

  /** The shape that a Java type asks for. */
  static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new ListOf(of(arguments[0]));
      }
      if (generic.getRawType() == Map.class) {
        return new MapOf((Class<?>) arguments[0], of(arguments[1]));
      }
      throw new IllegalArgumentException("no YAML for " + type);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Object.class) {
      return new Free();
    }
    // A record may also be one value (a host and port, say): those say so.
    return plain.isRecord() && !SingleValue.class.isAssignableFrom(plain)
        ? new Section(plain.asSubclass(Record.class))
        : new Scalar(plain);
  }
}
