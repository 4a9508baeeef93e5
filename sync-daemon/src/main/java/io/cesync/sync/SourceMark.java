package io.cesync.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowValues;
import io.cesync.settings.TableSettings;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tells what is to be passed over, since it names the other side as the system that it comes from.
 * Immutable.
 *
 * @param column that the field is of; empty if documents have it alone
 */
record SourceMark(
    String field, Optional<String> column, String cassandraId, String elasticsearchId) {

  /** Empty if the settings want nothing passed over. */
  static Optional<SourceMark> of(TableMapping mapping, TableSettings table) {
    return table
        .sourceField()
        .filter(field -> table.ignoreSameSource())
        .map(
            field ->
                new SourceMark(
                    field,
                    mapping.columns().stream()
                        .filter(column -> column.field().equals(field))
                        .map(ColumnMapping::column)
                        .findFirst(),
                    table.cassandraSourceId(),
                    table.elasticsearchSourceId()));
  }

  boolean isOfCassandra(JsonNode document) {
    return document.path(field).asText().equals(cassandraId);
  }

  boolean isOfElasticsearch(RowValues row) {
    ByteBuffer value = column.map(row::value).orElse(null);
    return value != null && UTF_8.decode(value.duplicate()).toString().equals(elasticsearchId);
  }
}
