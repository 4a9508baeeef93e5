package io.cesync.sync;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import java.util.Set;

/**
 * What a row should show once an entry's write is visible.
 *
 * @param writeTime microseconds, or {@link Entry#UNKNOWN}
 */
record Expected(Operation operation, Set<String> columns, Set<String> nulled, long writeTime) {

  static Expected of(Entry entry) {
    return new Expected(entry.operation(), entry.columns(), entry.nulled(), entry.writeTime());
  }

  boolean hasWriteTime() {
    return writeTime != Entry.UNKNOWN;
  }

  /** Whether seeing the newer of the two says all there is to say about both. */
  boolean covers(Expected other) {
    return operation == other.operation
        && columns.equals(other.columns)
        && nulled.equals(other.nulled)
        && hasWriteTime()
        && other.hasWriteTime()
        && writeTime >= other.writeTime;
  }
}
