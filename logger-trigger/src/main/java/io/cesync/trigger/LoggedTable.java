package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.cassandra.db.marshal.EmptyType;
import org.apache.cassandra.schema.ColumnMetadata;
import org.apache.cassandra.schema.TableMetadata;

/**
 * What the trigger needs to know about a table it logs, worked out once. Thread-safe. Must not
 * refer to the {@code TableMetadata}, which is its weak key.
 */
final class LoggedTable {
  final KeyLayout key;

  /** In a table made WITH COMPACT STORAGE, an INSERT looks like an UPDATE. */
  private final boolean compact;

  /**
   * A compact table without clustering columns: Cassandra keeps its rows as static rows, under a
   * clustering column that nobody sees.
   */
  final boolean staticCompact;

  /** Any other compact table: a row is one value, and goes with it. */
  final boolean dense;

  final RecentKeys recentKeys = new RecentKeys();
  private final ByteBuffer keyspace;
  private final ByteBuffer name;

  LoggedTable(TableMetadata table) {
    compact = table.isCompactTable();
    staticCompact = table.isStaticCompactTable();
    dense = compact && !staticCompact;
    key =
        new KeyLayout(
            table.partitionKeyColumns(),
            staticCompact ? List.<ColumnMetadata>of() : table.clusteringColumns());
    keyspace = utf8(table.keyspace);
    name = utf8(table.name);
  }

  ByteBuffer keyspace() {
    return keyspace.duplicate();
  }

  ByteBuffer name() {
    return name.duplicate();
  }

  /** False for the column that Cassandra adds to a compact table without any. */
  boolean isVisible(ColumnMetadata column) {
    return !(compact && column.type instanceof EmptyType);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
  }
}
