package io.cesync.yaml;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one value is read and written.
 *
 * @param name what the documentation calls it
 * @param parse throws {@link IllegalArgumentException} whose message completes "must be …"
 * @param secret whether the text must never be shown
 */
public record ScalarType<T>(
    String name, Function<String, T> parse, Function<T, String> format, boolean secret) {

  public static <T> ScalarType<T> of(
      String name, Function<String, T> parse, Function<T, String> format) {
    return new ScalarType<>(name, parse, format, false);
  }

  /** One of the constants of an enum, by their {@code toString}. */
  static <T> ScalarType<T> ofEnum(Class<T> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return of(
        names,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            names.contains(",") ? "one of " + names : names)),
        Object::toString);
  }
}
