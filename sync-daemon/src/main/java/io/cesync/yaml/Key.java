package io.cesync.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A key that a mapping may have: a record component seen as YAML. */
public record Key(
    String name,
    Shape shape,
    boolean optional,
    Optional<Declared> declared,
    RecordComponent component) {

  /** The keys of a record, in the order of its components. */
  public static List<Key> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(Key::of).toList();
  }

  private static Key of(RecordComponent component) {
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    if (optional) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    return new Key(
        snakeCase(component.getName()),
        Shape.of(type),
        optional,
        Optional.ofNullable(component.getAnnotation(Declared.class)),
        component);
  }

  /** The default as YAML text, if a missing key has one. */
  public Optional<String> defaultText() {
    return declared
        .map(Declared::byDefault)
        .filter(d -> !d.isEmpty() && !d.equals(Declared.REQUIRED));
  }

  /** Whether the file must have it. */
  public boolean required() {
    if (shape instanceof Shape.Section && declared.isPresent()) {
      return false;
    }
    return !optional && declared.map(d -> d.byDefault().equals(Declared.REQUIRED)).orElse(true);
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
