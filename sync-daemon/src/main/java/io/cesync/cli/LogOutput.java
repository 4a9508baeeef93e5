package io.cesync.cli;

import io.cesync.changelog.Entry;
import io.cesync.changelog.LogPage;
import io.cesync.cli.LogTables.One;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;

/** Prints entries of the change log, a line each, as long as anybody wants more. */
final class LogOutput {

  /** Whether anybody reads is asked each so many lines: that flushes them. */
  private static final int LINES_AT_ONCE = 100;

  private final PrintWriter out;
  private final boolean json;
  private final int nameWidth;
  private final Instant from;
  private final Clock clock;
  private long left;

  /**
   * @param from what is older isn't printed
   * @param limit the most lines
   */
  LogOutput(PrintWriter out, boolean json, int nameWidth, Instant from, long limit, Clock clock) {
    this.out = out;
    this.json = json;
    this.nameWidth = nameWidth;
    this.from = from;
    this.left = limit;
    this.clock = clock;
  }

  /** Whether more lines are wanted. What was printed is seen by then. */
  boolean wantsMore() {
    return left > 0 && Output.isRead(out);
  }

  /**
   * Prints an entry, if it is one of those that are wanted.
   *
   * @return false if no more are wanted
   */
  boolean print(One table, Entry entry, boolean late) {
    if (left > 0
        && !Instant.ofEpochMilli(entry.millis()).isBefore(from)
        && table.isWanted(entry.key())) {
      LogLine line = new LogLine(table.name(), entry, late, entry.millis() > clock.millis());
      out.println(json ? line.json() : line.text(nameWidth));
      left--;
    }
    return left % LINES_AT_ONCE == 0 ? wantsMore() : left > 0;
  }

  /** Prints a row of the log that is no entry. */
  void print(One table, LogPage.Unreadable row) {
    if (table.key().isEmpty()) {
      String line = json ? LogLine.json(table.name(), row) : LogLine.text(table.name(), row);
      out.println(line);
    }
  }
}
