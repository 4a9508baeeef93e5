package io.cesync.trigger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.cassandra.schema.ColumnMetadata;

/** The key columns of a table, ready to be written as JSON. Immutable. */
final class KeyLayout {
  final KeyColumn[] partition;
  final KeyColumn[] clustering;

  /** A key column. */
  static final class KeyColumn {
    /** {@code "name":} */
    final byte[] label;

    final ValueJson value;

    KeyColumn(ColumnMetadata column) {
      JsonBytes json = new JsonBytes(32);
      if (!json.string(column.name.bytes)) {
        throw new IllegalArgumentException("column name is not UTF-8: " + column.name);
      }
      json.add(':');
      label = json.toString().getBytes(StandardCharsets.UTF_8);
      value = ValueJsons.of(column.type);
    }
  }

  KeyLayout(List<ColumnMetadata> partition, List<ColumnMetadata> clustering) {
    this.partition = partition.stream().map(KeyColumn::new).toArray(KeyColumn[]::new);
    this.clustering = clustering.stream().map(KeyColumn::new).toArray(KeyColumn[]::new);
  }
}
