package io.cesync.trigger;

import org.apache.cassandra.schema.Schema;
import org.apache.cassandra.schema.TableMetadata;

/** Finds the log table as it is now. Thread-safe. */
final class CurrentLogTable {
  /** An ALTER makes new metadata, which tells that it must be read again. */
  private volatile LogTable known;

  /**
   * @param writing the table whose write is refused if there is no usable log
   */
  @SuppressWarnings("ReferenceEquality") // equals() compares the whole schema of the table
  LogTable get(TableMetadata writing) {
    TableMetadata current = Schema.instance.getTableMetadata(LogLayout.KEYSPACE, LogLayout.TABLE);
    LogTable last = known;
    if (last != null && last.metadata == current) {
      return last;
    }
    if (current == null) {
      throw Refusals.logMissing(writing);
    }
    try {
      LogTable read = new LogTable(current);
      known = read;
      return read;
    } catch (IllegalArgumentException e) {
      throw Refusals.logUnusable(e.getMessage(), writing);
    }
  }
}
