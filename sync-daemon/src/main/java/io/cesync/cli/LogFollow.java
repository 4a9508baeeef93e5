package io.cesync.cli;

import io.cesync.changelog.Entry;
import io.cesync.changelog.LogPage;
import io.cesync.changelog.Tail;
import io.cesync.changelog.TailTimes;
import io.cesync.cli.LogTables.One;
import io.cesync.row.ReadFailure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Prints entries as they appear, found as the daemon finds them. Those that are found together are
 * in the order of time; late ones say so. All is done on the caller's thread, but for the driver.
 */
final class LogFollow {

  private static final int SEEN_IDS = 400_000;
  private static final int MOST_TOGETHER = 1_000;
  private static final long LEAST_WAIT_MILLIS = 20;
  private static final long MOST_WAIT_MILLIS = 1_000;

  private record Found(One table, Entry entry, boolean late) {}

  private final LogOutput output;
  private final TailTimes times;
  private final PrintWriter err;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final List<Tail> tails = new ArrayList<>();
  private final List<Found> together = new ArrayList<>();
  private boolean waits;

  /**
   * @param from where to begin, in milliseconds since 1970
   * @param err told when Cassandra doesn't answer
   */
  LogFollow(LogTables tables, LogOutput output, TailTimes times, long from, PrintWriter err) {
    this.output = output;
    this.times = times;
    this.err = err;
    int seenIds = SEEN_IDS / tables.tables().size();
    for (One table : tables.tables()) {
      tails.add(new Tail(table.reader(), times, from, seenIds, tasks::add, new Listener(table)));
    }
  }

  /** Goes on until nobody wants more. */
  void run() throws InterruptedException {
    while (output.wantsMore()) {
      long now = times.clock().millis();
      tails.forEach(tail -> tail.step(now, () -> CompletableFuture.completedFuture(null)));
      long next = tails.stream().mapToLong(Tail::nextAt).min().orElseThrow();
      long wait = Math.max(LEAST_WAIT_MILLIS, Math.min(MOST_WAIT_MILLIS, next - now));
      Runnable task = tasks.poll(wait, TimeUnit.MILLISECONDS);
      while (task != null) {
        task.run();
        task = tasks.poll();
      }
      print();
    }
  }

  private void print() {
    together.sort(Comparator.comparingLong(found -> found.entry().millis()));
    together.forEach(found -> output.print(found.table(), found.entry(), found.late()));
    together.clear();
  }

  private final class Listener implements Tail.Listener {
    private final One table;

    Listener(One table) {
      this.table = table;
    }

    @Override
    public void found(Entry entry, boolean late) {
      together.add(new Found(table, entry, late));
      if (together.size() >= MOST_TOGETHER) {
        print();
      }
    }

    @Override
    public void unreadable(LogPage.Unreadable row) {
      output.print(table, row);
    }

    @Override
    public void failed(Throwable cause) {
      if (!waits) {
        waits = true;
        err.println("cesync: waiting for Cassandra: " + ReadFailure.reason(cause));
        err.flush();
      }
    }

    @Override
    public void succeeded() {
      waits = false;
    }
  }
}
