package io.cesync.cli;

import io.cesync.changelog.LogCursor;
import io.cesync.changelog.Window;
import io.cesync.cli.LogTables.One;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what the change log has, in the order of time, bucket by bucket. Keeps a page of each
 * table's shards in memory.
 */
final class LogPrinter {

  private final LogTables tables;
  private final LogOutput output;
  private final Clock clock;

  LogPrinter(LogTables tables, LogOutput output, Clock clock) {
    this.tables = tables;
    this.output = output;
    this.clock = clock;
  }

  /** Prints the entries from a time to another, that one excluded. Waits for Cassandra. */
  void print(Instant from, Instant to) {
    // Nothing is older, and each bucket costs requests.
    Instant oldest = clock.instant().minusSeconds(tables.retentionSeconds());
    Instant start = from.isBefore(oldest) ? oldest : from;
    if (!start.isBefore(to)) {
      return;
    }
    Window all = new Window(start.toEpochMilli(), to.toEpochMilli());
    for (Window part : all.byBucket(tables.layout())) {
      if (!output.wantsMore()) {
        return;
      }
      LogCursor.merge(cursors(part), (table, entry) -> output.print(table, entry, false));
    }
    output.wantsMore();
  }

  private List<LogCursor<One>> cursors(Window part) {
    List<LogCursor<One>> cursors = new ArrayList<>();
    for (One table : tables.tables()) {
      for (int shard : table.reader().allShards()) {
        cursors.add(
            new LogCursor<>(table, table.reader(), part, shard, row -> output.print(table, row)));
      }
    }
    return cursors;
  }
}
