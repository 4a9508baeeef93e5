package io.cesync.yaml;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The types of single values that a file may hold. Immutable; enums need no mention. */
public final class ScalarTypes {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Map<Class<?>, ScalarType<?>> types;

  private ScalarTypes(Map<Class<?>, ScalarType<?>> types) {
    this.types = types;
  }

  /** Text, integers, booleans and instants (ISO 8601 in UTC, microseconds). */
  public static ScalarTypes basic() {
    Map<Class<?>, ScalarType<?>> types = new HashMap<>();
    types.put(String.class, ScalarType.of("text", Function.identity(), Function.identity()));
    types.put(int.class, ScalarType.of("integer", ScalarTypes::parseInt, String::valueOf));
    types.put(Integer.class, types.get(int.class));
    types.put(long.class, ScalarType.of("integer", ScalarTypes::parseLong, String::valueOf));
    types.put(Long.class, types.get(long.class));
    types.put(boolean.class, ScalarType.of("boolean", ScalarTypes::parseBoolean, String::valueOf));
    types.put(Boolean.class, types.get(boolean.class));
    types.put(
        Instant.class, ScalarType.of("instant", ScalarTypes::parseInstant, MICROSECONDS::format));
    return new ScalarTypes(types);
  }

  /** These types and one more. */
  public <T> ScalarTypes with(Class<T> type, ScalarType<T> scalar) {
    Map<Class<?>, ScalarType<?>> more = new HashMap<>(types);
    more.put(type, scalar);
    return new ScalarTypes(more);
  }

  public ScalarType<?> of(Class<?> type) {
    ScalarType<?> known = types.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return ScalarType.ofEnum(type);
    }
    throw new IllegalArgumentException("no YAML for " + type);
  }

  /** The text of a value of a known type. */
  public String format(Object value) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    // Interfaces (Path) are registered, their implementations aren't.
    if (!types.containsKey(type) && !type.isEnum()) {
      type = types.keySet().stream().filter(t -> t.isInstance(value)).findFirst().orElse(type);
    }
    return formatAs(of(type), value);
  }

  @SuppressWarnings("unchecked")
  private static <T> String formatAs(ScalarType<T> type, Object value) {
    return type.format().apply((T) value);
  }

  private static int parseInt(String text) {
    long value = parseLong(text);
    if (value != (int) value) {
      throw new IllegalArgumentException("between -2147483648 and 2147483647");
    }
    return (int) value;
  }

  private static long parseLong(String text) {
    if (!INTEGER.matcher(text).matches()) {
      throw new IllegalArgumentException("an integer, such as 100");
    }
    return Long.parseLong(text);
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false");
    };
  }

  private static Instant parseInstant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("an instant, such as 2026-01-31T12:00:00.000000Z", e);
    }
  }
}
