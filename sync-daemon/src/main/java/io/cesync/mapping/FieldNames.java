package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Names of fields as Elasticsearch takes them. To it a dot is a path, and a blank name is none. */
final class FieldNames {
  private FieldNames() {}

  static String of(String name) {
    return name.isBlank() ? "_" : name.replace('.', '_');
  }

  /**
   * Of a type's fields, in order. Should two become the same, the later one gets an underscore
   * more: a type's fields are only ever added at the end, so the names stay what they are.
   */
  static List<String> of(UserDefinedType type) {
    List<String> names = new ArrayList<>();
    type.getFieldNames()
        .forEach(
            field -> {
              String name = of(field.asInternal());
              while (names.contains(name)) {
                name += "_";
              }
              names.add(name);
            });
    return names;
  }

  /** {@code "0"}, {@code "1"}, … */
  static List<String> of(TupleType type) {
    return IntStream.range(0, type.getComponentTypes().size()).mapToObj(Integer::toString).toList();
  }
}
