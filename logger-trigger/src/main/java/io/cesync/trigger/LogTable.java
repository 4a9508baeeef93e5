package io.cesync.trigger;

import java.util.Map;
import org.apache.cassandra.cql3.ColumnIdentifier;
import org.apache.cassandra.schema.ColumnMetadata;
import org.apache.cassandra.schema.TableMetadata;

/** The log table as the schema has it, checked. Immutable. */
final class LogTable {
  private static final Map<String, String> COLUMNS =
      Map.of(
          "logged_keyspace", "text",
          "logged_table", "text",
          "time_bucket", "timestamp",
          "shard", "int",
          "time_uuid", "timeuuid",
          "operation", "text",
          "logged_key", "text",
          "updated_columns", "frozen<set<text>>",
          "nulled_columns", "frozen<set<text>>",
          "write_time", "bigint");

  private static final String PRIMARY_KEY =
      "logged_keyspace logged_table time_bucket shard | time_uuid";

  final TableMetadata metadata;
  final LogLayout layout;

  /**
   * @throws IllegalArgumentException if the table is not one that the trigger can write
   */
  LogTable(TableMetadata metadata) {
    COLUMNS.forEach((name, type) -> check(metadata, name, type));
    String key = names(metadata.partitionKeyColumns()) + "| " + names(metadata.clusteringColumns());
    if (!key.trim().equals(PRIMARY_KEY)) {
      throw new IllegalArgumentException("its primary key is " + key);
    }
    this.metadata = metadata;
    this.layout = LogLayout.parse(metadata.params.comment, metadata.params.defaultTimeToLive);
  }

  private static void check(TableMetadata metadata, String name, String type) {
    ColumnMetadata column = metadata.getColumn(new ColumnIdentifier(name, true));
    if (column == null) {
      throw new IllegalArgumentException("it has no column " + name);
    }
    String actual = column.type.asCQL3Type().toString();
    if (!actual.equals(type)) {
      throw new IllegalArgumentException("its column " + name + " is " + actual + ", not " + type);
    }
  }

  private static String names(Iterable<ColumnMetadata> columns) {
    StringBuilder names = new StringBuilder();
    for (ColumnMetadata column : columns) {
      names.append(column.name).append(' ');
    }
    return names.toString();
  }
}
