package io.cesync.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The index mapping for a table's documents: each field searchable as its CQL type would have it,
 * and none refusing a value that the column can hold.
 */
public final class IndexMapping {
  private IndexMapping() {}

  /** The same for documents with no other fields than the columns'. */
  public static ObjectNode of(TableMapping table, SearchFlavor flavor) {
    return of(table, flavor, DocumentFields.NONE);
  }

  /**
   * The body for creating an index's mapping, {@code {"dynamic":false,"properties":{…}}}.
   *
   * @param more fields that documents have besides
   */
  public static ObjectNode of(TableMapping table, SearchFlavor flavor, DocumentFields more) {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    mapping.put("dynamic", false);
    ObjectNode properties = mapping.putObject("properties");
    FieldMappings fields = new FieldMappings(flavor);
    for (ColumnMapping column : table.columns()) {
      properties.set(column.field(), fields.of(column));
    }
    if (flavor.old()) {
      // Whatever says when a document was changed: writes tell it their time, too.
      mapping.putObject(TimestampField.USUAL).put("enabled", true);
    }
    // Cassandra's write times are microseconds, which a date would cut off.
    more.changed()
        .filter(field -> !flavor.old() || !field.equals(TimestampField.USUAL))
        .ifPresent(field -> put(properties, field, flavor.old() ? "date" : "date_nanos"));
    more.deleted().ifPresent(field -> put(properties, field, "boolean"));
    more.source()
        .filter(field -> !properties.has(field))
        .ifPresent(field -> properties.set(field, fields.keyword()));
    properties.putObject(Raw.MEMBER).put("type", "object").put("enabled", false);
    return mapping;
  }

  private static void put(ObjectNode properties, String field, String type) {
    if (!properties.has(field)) {
      properties.putObject(field).put("type", type);
    }
  }

  /** The same for documents with no other fields than the columns'. */
  public static ObjectNode missing(TableMapping table, JsonNode existing, SearchFlavor flavor) {
    return missing(table, existing, flavor, DocumentFields.NONE);
  }

  /**
   * What an existing index's mapping needs for the table's present schema, as the body of a mapping
   * update, {@link #isEmpty} if nothing. It only adds fields, and members to fields that are
   * objects: what is there stays.
   *
   * @param existing the index's mapping, an object with {@code properties}
   * @param more as in {@link #of}
   */
  public static ObjectNode missing(
      TableMapping table, JsonNode existing, SearchFlavor flavor, DocumentFields more) {
    ObjectNode update = JsonNodeFactory.instance.objectNode();
    ObjectNode wanted = of(table, flavor, more);
    if (flavor.old()
        && more.changed().filter(TimestampField.USUAL::equals).isPresent()
        && !existing.path(TimestampField.USUAL).path("enabled").asBoolean()) {
      update.set(TimestampField.USUAL, wanted.get(TimestampField.USUAL));
    }
    update.set("properties", missing(wanted.path("properties"), existing.path("properties")));
    return update;
  }

  /** Whether a mapping update, as {@link #missing} makes them, changes anything. */
  public static boolean isEmpty(ObjectNode update) {
    return update.path("properties").isEmpty() && update.size() == 1;
  }

  private static ObjectNode missing(JsonNode wanted, JsonNode existing) {
    ObjectNode missing = JsonNodeFactory.instance.objectNode();
    wanted
        .properties()
        .forEach(
            field -> {
              JsonNode there = existing.get(field.getKey());
              if (there == null) {
                missing.set(field.getKey(), field.getValue());
              } else if (isOpenObject(there) && field.getValue().has("properties")) {
                ObjectNode members =
                    missing(field.getValue().path("properties"), there.path("properties"));
                if (!members.isEmpty()) {
                  missing.putObject(field.getKey()).set("properties", members);
                }
              }
            });
    return missing;
  }

  private static boolean isOpenObject(JsonNode field) {
    return (!field.has("type") || field.path("type").asText().equals("object"))
        && field.path("enabled").asBoolean(true);
  }

  /**
   * Where an existing mapping would refuse the table's documents, or where documents could not be
   * found by their key.
   *
   * @param existing the index's mapping, an object with {@code properties}
   */
  public static List<MappingProblem> problems(TableMapping table, JsonNode existing) {
    return new ExistingMapping(existing).check(table);
  }
}
