package io.cesync.mapping;

import static io.cesync.mapping.FieldAcceptance.isKeyword;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Checks an index's mapping against a table. Not thread-safe. */
final class ExistingMapping {
  private final JsonNode mapping;
  private final List<MappingProblem> problems = new ArrayList<>();
  private boolean inKey;

  /** With the index's mapping, an object with {@code properties}. */
  ExistingMapping(JsonNode mapping) {
    this.mapping = mapping;
  }

  List<MappingProblem> check(TableMapping table) {
    boolean strict = isStrict(mapping, false);
    for (ColumnMapping column : table.columns()) {
      JsonNode field = mapping.path("properties").path(column.field());
      inKey = column.isKey();
      check(column.field(), column.type(), field, strict, false);
      if (column.isKey() && !field.isMissingNode()) {
        checkKey(column, field);
      }
    }
    if (strict && !mapping.path("properties").has(Raw.MEMBER)) {
      missing(Raw.MEMBER, "documents with values that JSON can't tell");
    }
    return problems;
  }

  /**
   * Adds what is wrong with a field.
   *
   * @param strict whether the object that it is in refuses unknown fields
   * @param several whether a document may have several values there
   */
  private void check(String path, DataType type, JsonNode field, boolean strict, boolean several) {
    if (field.isMissingNode()) {
      if (strict) {
        missing(path, "documents that have it");
      }
    } else if (!isDisabled(field)) {
      checkEnabled(path, type, field, strict, several);
    }
  }

  private void checkEnabled(
      String path, DataType type, JsonNode field, boolean strict, boolean several) {
    if (type instanceof ListType list) {
      check(path, list.getElementType(), field, strict, true);
    } else if (type instanceof SetType set) {
      check(path, set.getElementType(), field, strict, true);
    } else if (type instanceof VectorType vector) {
      checkVector(path, vector, field, strict, several);
    } else if (type instanceof MapType map && Forms.isScalar(map.getKeyType())) {
      checkMap(path, map, field);
    } else if (type instanceof MapType map) {
      List<DataType> types = List.of(map.getKeyType(), map.getValueType());
      checkObject(path, List.of("key", "value"), types, field, strict, true);
    } else if (type instanceof UserDefinedType udt) {
      checkObject(path, FieldNames.of(udt), udt.getFieldTypes(), field, strict, several);
    } else if (type instanceof TupleType tuple) {
      checkObject(path, FieldNames.of(tuple), tuple.getComponentTypes(), field, strict, several);
    } else {
      FieldAcceptance.refusal(type, field, !inKey).ifPresent(why -> problem(path, field, why));
    }
  }

  private void checkVector(
      String path, VectorType type, JsonNode field, boolean strict, boolean several) {
    if (!field.path("type").asText().equals("dense_vector")) {
      check(path, type.getElementType(), field, strict, true);
    } else if (several || !type.getElementType().equals(DataTypes.FLOAT)) {
      problem(path, field, "it takes one vector of floats per document");
    } else if (field.path("dims").asInt(type.getDimensions()) != type.getDimensions()) {
      problem(path, field, "the column has " + type.getDimensions() + " dimensions");
    } else if (!field.path("similarity").asText("cosine").equals("l2_norm")
        && field.path("index").asBoolean(true)) {
      problem(path, field, "only similarity: l2_norm takes vectors of any length, zero included");
    }
  }

  private void checkMap(String path, MapType type, JsonNode field) {
    String fieldType = field.path("type").asText("object");
    boolean flattened = fieldType.equals("flattened") || fieldType.equals("flat_object");
    if (!flattened) {
      problem(
          path, field, "a field for each key of a map would be too many, and of changing types");
    } else if (CqlTypes.hasLongText(type.getValueType()) && !field.has("ignore_above")) {
      problem(path, field, "without ignore_above it refuses documents with a value over 32 KB");
    }
  }

  private void checkObject(
      String path,
      List<String> names,
      List<DataType> types,
      JsonNode field,
      boolean strict,
      boolean several) {
    String type = field.path("type").asText("object");
    if (!type.equals("object") && !type.equals("nested")) {
      problem(path, field, "the values are objects");
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      check(
          path + "." + names.get(i),
          types.get(i),
          field.path("properties").path(names.get(i)),
          isStrict(field, strict),
          several && type.equals("object"));
    }
  }

  private void checkKey(ColumnMapping column, JsonNode field) {
    if (KeyFields.hasKeywordBeside(column.type())) {
      if (!isKeyword(field.path("fields").path("keyword"))) {
        problem(column.field(), field, "a key column needs a sub-field keyword of type keyword");
      }
    } else if (KeyFields.exact(column).isPresent()
        && !isKeyword(field)
        && !FieldAcceptance.isExactNumber(column.type(), field)) {
      problem(column.field(), field, "rows can't be found by this part of their key exactly");
    }
  }

  private static boolean isStrict(JsonNode object, boolean inherited) {
    return object.has("dynamic") ? object.path("dynamic").asText().startsWith("strict") : inherited;
  }

  private static boolean isDisabled(JsonNode field) {
    return field.path("type").asText("object").equals("object")
        && !field.path("enabled").asBoolean(true);
  }

  private void missing(String path, String refused) {
    problems.add(
        new MappingProblem(
            path,
            "the index has no such field, and with dynamic: strict it refuses " + refused,
            "add the field to its mapping, or set dynamic: false"));
  }

  private void problem(String path, JsonNode field, String why) {
    problems.add(
        new MappingProblem(
            path,
            "it is mapped as " + field + ": " + why,
            "use another index, with a mapping that is derived from the table or fits it"));
  }
}
