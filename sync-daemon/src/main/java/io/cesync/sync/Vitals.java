package io.cesync.sync;

import io.cesync.settings.TableName;
import java.util.Map;

/**
 * What an engine shows of itself besides its state. Immutable.
 *
 * @param cassandra whether it answers
 * @param search whether it answers
 * @param pending changed keys that wait in memory or are on their way, per table
 */
public record Vitals(boolean cassandra, boolean search, Map<TableName, Long> pending) {
  public Vitals {
    pending = Map.copyOf(pending);
  }
}
