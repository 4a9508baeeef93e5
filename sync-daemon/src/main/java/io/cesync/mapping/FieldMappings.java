package io.cesync.mapping;

import static java.util.Map.entry;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The field mapping of every CQL type. */
final class FieldMappings {
  /** In UTF-16 units: at most 24,573 bytes of UTF-8, and a term is 32,766 at most. */
  private static final int LONGEST_KEYWORD = 8191;

  /** The same where the term holds the path of members, too. */
  private static final int LONGEST_MAP_VALUE = 4096;

  /**
   * Elasticsearch's limit is 20 for objects within objects, and again for what is in a flattened
   * field.
   */
  private static final int DEEPEST = 10;

  /** Without those that are a keyword. */
  private static final Map<DataType, String> TYPES =
      Map.ofEntries(
          entry(DataTypes.TINYINT, "byte"),
          entry(DataTypes.SMALLINT, "short"),
          entry(DataTypes.INT, "integer"),
          entry(DataTypes.BIGINT, "long"),
          entry(DataTypes.COUNTER, "long"),
          entry(DataTypes.FLOAT, "float"),
          entry(DataTypes.DOUBLE, "double"),
          entry(DataTypes.BOOLEAN, "boolean"),
          entry(DataTypes.INET, "ip"),
          entry(DataTypes.DATE, "date"),
          entry(DataTypes.TIMESTAMP, "date"));

  private final SearchFlavor flavor;

  FieldMappings(SearchFlavor flavor) {
    this.flavor = flavor;
  }

  ObjectNode of(ColumnMapping column) {
    DataType type = column.type();
    if (!column.isKey()) {
      return of(type, 0, false);
    } else if (KeyFields.isKeyword(type)) {
      return keyword();
    }
    ObjectNode field = of(type, 0, false);
    if (KeyFields.hasKeywordBeside(type)) {
      field.putObject("fields").set("keyword", keyword());
    }
    return field;
  }

  /** With whether a document can have several values there. */
  private ObjectNode of(DataType type, int depth, boolean several) {
    if (type instanceof ListType list) {
      return of(list.getElementType(), depth, true);
    } else if (type instanceof SetType set) {
      return of(set.getElementType(), depth, true);
    } else if (type instanceof VectorType vector) {
      return vector(vector, depth, several);
    } else if (type instanceof MapType map) {
      return map(map, depth);
    } else if (type instanceof UserDefinedType udt) {
      return object(FieldNames.of(udt), udt.getFieldTypes(), depth, several);
    } else if (type instanceof TupleType tuple) {
      return object(FieldNames.of(tuple), tuple.getComponentTypes(), depth, several);
    }
    return scalar(type);
  }

  private ObjectNode scalar(DataType type) {
    if (CqlTypes.isText(type)) {
      ObjectNode field = type(flavor.old() ? "string" : "text");
      field.putObject("fields").set("keyword", shortKeyword());
      return field;
    } else if (type.equals(DataTypes.VARINT) || type.equals(DataTypes.DECIMAL)) {
      ObjectNode field = shortKeyword();
      field.putObject("fields").set("number", type("double").put("ignore_malformed", true));
      return field;
    } else if (type.equals(DataTypes.BLOB) || !Forms.isScalar(type)) {
      return type("binary");
    }
    String elasticsearchType = TYPES.get(type);
    if (elasticsearchType == null) {
      return shortKeyword();
    }
    ObjectNode field = type(elasticsearchType);
    switch (elasticsearchType) {
      case "float", "double", "ip" -> field.put("ignore_malformed", true);
      case "date" -> field.put("format", "strict_date_optional_time").put("ignore_malformed", true);
      default -> {}
    }
    return field;
  }

  private ObjectNode vector(VectorType type, int depth, boolean several) {
    if (several
        || !type.getElementType().equals(DataTypes.FLOAT)
        || flavor.vectorType().isEmpty()
        || type.getDimensions() > flavor.maxVectorDims()) {
      return of(type.getElementType(), depth, true);
    }
    return type(flavor.vectorType())
        .put("dims", type.getDimensions())
        .put("index", true)
        .put("similarity", "l2_norm"); // cosine refuses vectors of zeros
  }

  private ObjectNode map(MapType type, int depth) {
    if (depth + CqlTypes.depth(type) > DEEPEST) {
      return unsearchable();
    } else if (!Forms.isScalar(type.getKeyType())) {
      List<DataType> types = List.of(type.getKeyType(), type.getValueType());
      return object(List.of("key", "value"), types, depth, true);
    } else if (flavor.mapType().isEmpty()
        || (flavor.openSearch() && CqlTypes.hasLongText(type.getValueType()))) {
      // flat_object knows no ignore_above: it would refuse the document
      return unsearchable();
    }
    ObjectNode field = type(flavor.mapType());
    return flavor.openSearch() ? field : field.put("ignore_above", LONGEST_MAP_VALUE);
  }

  private ObjectNode object(List<String> names, List<DataType> types, int depth, boolean several) {
    if (depth >= DEEPEST) {
      return unsearchable();
    }
    ObjectNode field = type("object");
    ObjectNode properties = field.putObject("properties");
    for (int i = 0; i < names.size(); i++) {
      properties.set(names.get(i), of(types.get(i), depth + 1, several));
    }
    return field;
  }

  private static ObjectNode unsearchable() {
    return type("object").put("enabled", false);
  }

  /** For values of any length; the longest are kept, but not found. */
  private ObjectNode shortKeyword() {
    return keyword().put("ignore_above", LONGEST_KEYWORD);
  }

  ObjectNode keyword() {
    return flavor.old() ? type("string").put("index", "not_analyzed") : type("keyword");
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }
}
