package io.cesync.sync;

import io.cesync.row.RowKey;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Where looks at whole partitions give rows back to, as keys of their own: some at a time, so that
 * a large partition doesn't fill the worklist. Thread-safe.
 */
final class HandOver {

  /** With more rows than this under way, the looks that gave them wait. */
  static final int MOST_OPEN = 500;

  private final Worklist worklist;
  private final Executor loop;
  private final Clock clock;

  // Confined to the loop's thread.
  private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private int open;

  /**
   * @param worklist is used on the loop's thread only
   */
  HandOver(Worklist worklist, Executor loop, Clock clock) {
    this.worklist = worklist;
    this.loop = loop;
    this.clock = clock;
  }

  /** Those of the keys that are on their way at some time after this call. */
  CompletionStage<Set<RowKey>> flying(Collection<RowKey> keys) {
    return CompletableFuture.supplyAsync(
        () -> {
          Set<RowKey> flying = new HashSet<>();
          keys.stream().filter(worklist::isFlying).forEach(flying::add);
          return flying;
        },
        loop);
  }

  /** Completes once there is room for more. */
  CompletionStage<Void> give(Collection<Pending> rows) {
    return rows.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.supplyAsync(() -> put(rows), loop).thenCompose(room -> room);
  }

  private CompletionStage<Void> put(Collection<Pending> rows) {
    long now = clock.millis();
    for (Pending row : rows) {
      row.dueAt = now;
      row.whenDone(this::done);
      open++;
      worklist.put(row, now);
    }
    if (open <= MOST_OPEN) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> room = new CompletableFuture<>();
    waiting.add(room);
    return room;
  }

  private void done() {
    open--;
    while (open <= MOST_OPEN && !waiting.isEmpty()) {
      // As a task of its own: this one is in the midst of a row.
      waiting.removeFirst().completeAsync(() -> null, loop);
    }
  }
}
