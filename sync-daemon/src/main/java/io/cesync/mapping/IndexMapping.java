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

  /** The same for documents without {@link Timestamps#FIELD}. */
  public static ObjectNode of(TableMapping table, SearchFlavor flavor) {
    return of(table, flavor, false);
  }

  /**
   * The body for creating an index's mapping, {@code {"dynamic":false,"properties":{…}}}.
   *
   * @param stamped whether documents have {@link Timestamps#FIELD}
   */
  public static ObjectNode of(TableMapping table, SearchFlavor flavor, boolean stamped) {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    mapping.put("dynamic", false);
    ObjectNode properties = mapping.putObject("properties");
    FieldMappings fields = new FieldMappings(flavor);
    for (ColumnMapping column : table.columns()) {
      properties.set(column.field(), fields.of(column));
    }
    if (stamped) {
      // Cassandra's write times are microseconds, which a date would cut off.
      properties.putObject(Timestamps.FIELD).put("type", "date_nanos");
    }
    properties.putObject(Raw.MEMBER).put("type", "object").put("enabled", false);
    return mapping;
  }

  /** The same for documents without {@link Timestamps#FIELD}. */
  public static ObjectNode missing(TableMapping table, JsonNode existing, SearchFlavor flavor) {
    return missing(table, existing, flavor, false);
  }

  /**
   * What an existing index's mapping needs for the table's present schema, as the body of a mapping
   * update; no properties if nothing. It only adds fields, and members to fields that are objects:
   * what is there stays.
   *
   * @param existing the index's mapping, an object with {@code properties}
   * @param stamped as in {@link #of}
   */
  public static ObjectNode missing(
      TableMapping table, JsonNode existing, SearchFlavor flavor, boolean stamped) {
    ObjectNode update = JsonNodeFactory.instance.objectNode();
    update.set(
        "properties",
        missing(of(table, flavor, stamped).path("properties"), existing.path("properties")));
    return update;
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
