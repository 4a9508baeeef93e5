package io.cesync.cli;

import io.cesync.changelog.Entry;
import io.cesync.changelog.LogCursor;
import io.cesync.changelog.LogPage;
import io.cesync.changelog.Window;
import io.cesync.cli.LogTables.One;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Prints entries of the change log, bucket by bucket. Keeps a page of each shard in memory. */
final class LogPrinter {

  private static final long LOOK_MILLIS = 1_000;

  private final LogTables tables;
  private final PrintWriter out;
  private final boolean json;
  private final Clock clock;
  private final int nameWidth;
  private long left;

  /** What was shown, by id, with its time. Only of the late window. */
  private final Map<UUID, Long> shown = new TreeMap<>();

  /** What is older is late now; nothing is at first. */
  private long seenTo = Long.MIN_VALUE;

  private boolean following;
  private long rereadFrom;

  LogPrinter(LogTables tables, PrintWriter out, boolean json, long limit, Clock clock) {
    this.tables = tables;
    this.out = out;
    this.json = json;
    this.left = limit;
    this.clock = clock;
    this.nameWidth = tables.nameWidth();
  }

  /** Prints what the log has from a time to another. */
  void print(Instant from, Instant to) {
    // Nothing is older, and each bucket costs requests.
    Instant oldest = clock.instant().minusSeconds(tables.retentionSeconds());
    Instant start = from.isBefore(oldest) ? oldest : from;
    if (!start.isBefore(to)) {
      return;
    }
    Window all = new Window(start.toEpochMilli(), to.toEpochMilli());
    for (Window part : all.byBucket(tables.layout())) {
      if (!wantsMore()) {
        return;
      }
      LogCursor.merge(cursors(part), this::take);
      out.flush();
    }
  }

  private List<LogCursor<One>> cursors(Window part) {
    List<LogCursor<One>> cursors = new ArrayList<>();
    for (One table : tables.tables()) {
      for (int shard = 0; shard < tables.layout().shards(); shard++) {
        cursors.add(
            new LogCursor<>(table, table.reader(), part, shard, row -> unreadable(table, row)));
      }
    }
    return cursors;
  }

  /** Prints what there is and what comes, until nobody reads on. */
  void follow(Instant from, Duration lateWindow) throws InterruptedException {
    following = true;
    Instant start = from;
    while (wantsMore()) {
      Instant now = clock.instant();
      rereadFrom = now.minus(lateWindow).toEpochMilli();
      print(start, now);
      out.flush();
      seenTo = now.toEpochMilli();
      Instant again = Instant.ofEpochMilli(rereadFrom);
      start = again.isBefore(from) ? from : again;
      shown.values().removeIf(millis -> millis < rereadFrom);
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private boolean wantsMore() {
    // Also asks whether anybody reads: behind | head nobody does.
    return left > 0 && !out.checkError();
  }

  private boolean take(One table, Entry entry) {
    if (table.key().isPresent() && !table.key().get().equals(entry.key().json())) {
      return true;
    }
    // What is older than the late window isn't read again.
    if (following
        && entry.millis() >= rereadFrom
        && shown.putIfAbsent(entry.id(), entry.millis()) != null) {
      return true;
    }
    LogLine line =
        new LogLine(
            table.name(),
            entry,
            following && entry.millis() < seenTo,
            entry.millis() > clock.millis());
    out.println(json ? line.json() : line.text(nameWidth));
    left--;
    return wantsMore();
  }

  private void unreadable(One table, LogPage.Unreadable row) {
    if (!json && !following) {
      out.printf("%s  unreadable: %s%n", table.name(), row.reason());
    }
  }
}
