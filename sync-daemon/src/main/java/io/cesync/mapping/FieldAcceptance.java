package io.cesync.mapping;

import static java.util.Map.entry;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which field mappings take every value of a scalar type. */
final class FieldAcceptance {
  private static final Set<String> ANALYSED =
      Set.of("text", "match_only_text", "search_as_you_type", "annotated_text");

  /** These take what they can't index if they are told to. */
  private static final Set<String> WITH_IGNORE_MALFORMED =
      Set.of(
          "byte",
          "short",
          "integer",
          "long",
          "unsigned_long",
          "half_float",
          "float",
          "double",
          "scaled_float",
          "date",
          "date_nanos",
          "ip",
          "boolean");

  /** By size. */
  private static final List<String> INTEGERS = List.of("byte", "short", "integer", "long");

  private static final Map<DataType, Integer> INTEGER_SIZES =
      Map.ofEntries(
          entry(DataTypes.TINYINT, 0),
          entry(DataTypes.SMALLINT, 1),
          entry(DataTypes.INT, 2),
          entry(DataTypes.BIGINT, 3),
          entry(DataTypes.COUNTER, 3));

  private FieldAcceptance() {}

  /**
   * Why the field would refuse some of the type's values; empty if it takes them all.
   *
   * @param anyLength whether they may be longer than a term: a key's can't, as a document's id is
   *     512 bytes at most
   */
  static Optional<String> refusal(DataType type, JsonNode field, boolean anyLength) {
    String fieldType = type(field);
    boolean ignoresMalformed =
        field.path("ignore_malformed").asBoolean() && WITH_IGNORE_MALFORMED.contains(fieldType);
    if (ignoresMalformed || ANALYSED.contains(fieldType)) {
      return Optional.empty();
    } else if (fieldType.equals("keyword") || fieldType.equals("wildcard")) {
      boolean tooLong = anyLength && CqlTypes.hasLongText(type) && !limitsLength(field);
      return tooLong && fieldType.equals("keyword")
          ? Optional.of("without ignore_above: 8191 it refuses documents with a value over 32 KB")
          : Optional.empty();
    } else if (takes(type, fieldType)) {
      return Optional.empty();
    }
    return Optional.of(
        WITH_IGNORE_MALFORMED.contains(fieldType)
            ? "without ignore_malformed: true it refuses some values of the column"
            : "it refuses values of the column");
  }

  private static boolean limitsLength(JsonNode field) {
    return field.path("ignore_above").asInt(Integer.MAX_VALUE) <= 32766 / 3;
  }

  private static boolean takes(DataType type, String fieldType) {
    Integer size = INTEGER_SIZES.get(type);
    if (size != null) {
      return INTEGERS.indexOf(fieldType) >= size
          || fieldType.equals("double")
          || fieldType.equals("float");
    } else if (type.equals(DataTypes.BOOLEAN)) {
      return fieldType.equals("boolean");
    }
    return fieldType.equals("binary") && (type.equals(DataTypes.BLOB) || !Forms.isScalar(type));
  }

  static boolean isKeyword(JsonNode field) {
    return type(field).equals("keyword");
  }

  /** In the words of today: Elasticsearch before 5.0 says {@code string} for two types. */
  private static String type(JsonNode field) {
    String type = field.path("type").asText("object");
    if (!type.equals("string")) {
      return type;
    }
    return field.path("index").asText("analyzed").equals("analyzed") ? "text" : "keyword";
  }

  /** Whether the field finds integers and booleans exactly. */
  static boolean isExactNumber(DataType type, JsonNode field) {
    String fieldType = type(field);
    return type.equals(DataTypes.BOOLEAN)
        ? fieldType.equals("boolean")
        : INTEGER_SIZES.containsKey(type) && INTEGERS.indexOf(fieldType) >= INTEGER_SIZES.get(type);
  }
}
