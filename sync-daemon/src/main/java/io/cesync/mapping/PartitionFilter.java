package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.row.RowKey;
import java.util.Set;

/**
 * The query for the documents of one partition. It may find too many: columns whose values the
 * index can't look up exactly are left out of it, so whoever asks looks at each document's own key.
 */
public final class PartitionFilter {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Types whose every value is found by a term query with the text that keys have. */
  private static final Set<DataType> EXACT =
      Set.of(
          DataTypes.ASCII,
          DataTypes.TEXT,
          DataTypes.UUID,
          DataTypes.TIMEUUID,
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.BOOLEAN,
          DataTypes.INET,
          DataTypes.TIME);

  private PartitionFilter() {}

  /** Queries that all must match; none if every document has to be looked at. */
  public static ArrayNode of(TableMapping mapping, RowKey key) {
    ArrayNode filter = JsonNodeFactory.instance.arrayNode();
    JsonNode values = parse(key);
    for (ColumnMapping column : mapping.columns()) {
      JsonNode value = values.path(column.column());
      if (column.role() == Role.PARTITION_KEY
          && EXACT.contains(column.type())
          && value.isValueNode()) {
        filter.addObject().putObject("term").set(column.field(), value);
      }
    }
    return filter;
  }

  private static JsonNode parse(RowKey key) {
    try {
      return JSON.readTree(key.json());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
