package io.cesync.sync;

import java.util.Collection;
import java.util.OptionalLong;

/**
 * When to look at a row again that doesn't show, or can't tell, what its entries say. A look counts
 * as of the time when it was taken: what was read may be as old. Times in milliseconds. Pure.
 *
 * @param settled when the coordinators' write timeouts are over
 * @param lateWindow when batches that a coordinator left behind were replayed
 */
record Looks(long settled, long lateWindow) {

  private static final long[] WHILE_UNSEEN = {8, 15, 30, 60, 120, 250, 500, 1_000, 2_500, 5_000};
  private static final long[] WHILE_UNTOLD = {50, 400};

  /** A look at a whole partition is dear: a search, and all its rows. */
  private static final long[] AT_PARTITION_UNSEEN = {100, 400, 1_500, 5_000};

  private static final long[] AT_PARTITION_UNTOLD = {100, 400, 1_500};
  private static final long MOMENT = 1_000;

  /**
   * The entry's own write and the counter's that follows it each have their timeout, and a busy
   * coordinator is late with both. It is no longer than needed, since all these keys wait in
   * memory.
   */
  private static final int SLOW = 3;

  /** After a look that did not show the write; empty once it is given up. */
  OptionalLong afterUnseen(Pending pending) {
    long[] waits = pending.key.isWholePartition() ? AT_PARTITION_UNSEEN : WHILE_UNSEEN;
    return age(pending) >= lateWindow
        ? OptionalLong.empty()
        : OptionalLong.of(pending.takenAt + waits[Math.min(pending.attempt, waits.length - 1)]);
  }

  /** After a look that couldn't tell; empty once the row must show it. */
  OptionalLong afterUntold(Pending pending) {
    long age = age(pending);
    for (long at : pending.key.isWholePartition() ? AT_PARTITION_UNTOLD : WHILE_UNTOLD) {
      if (age < at) {
        return OptionalLong.of(pending.newestEntry + at);
      }
    }
    if (age < settled) {
      return OptionalLong.of(pending.newestEntry + settled);
    }
    long last = wasBatched(pending.expected) ? lateWindow : Math.min(SLOW * settled, lateWindow);
    return age < last ? OptionalLong.of(pending.newestEntry + last) : OptionalLong.empty();
  }

  /** When the look began, however long it took. */
  private static long age(Pending pending) {
    return pending.takenAt - pending.newestEntry;
  }

  /**
   * Whether the index has to be refreshed before the next look at a partition, because documents
   * that can't be searched yet are to be seen too. Not at once, since what is written all the time
   * would be refreshed all the time; but a moment later, and when the writes must have settled.
   */
  boolean needsRefresh(Pending pending, long now) {
    return pending.prune && pending.refreshedAt < refreshDue(pending, now);
  }

  private long refreshDue(Pending pending, long now) {
    long due = Long.MIN_VALUE;
    for (long after : new long[] {MOMENT, settled, lateWindow}) {
      due = pending.newestEntry + after <= now ? pending.newestEntry + after : due;
    }
    // Entries that come all the time must not keep the older ones from being done.
    return pending.isFinal(now, lateWindow) ? Math.max(due, pending.finalAt(lateWindow)) : due;
  }

  /** Whether a look finds the documents that were written up to a moment after its last entry. */
  boolean seesAll(Pending pending) {
    return !pending.prune || pending.refreshedAt >= pending.newestEntry + MOMENT;
  }

  /** Whether the settling looks are over, and only that after the late window is left. */
  boolean isLast(Pending pending) {
    return age(pending) >= settled;
  }

  /** A write with a known time may have gone through the batch log, and be replayed from there. */
  private static boolean wasBatched(Collection<Expected> expected) {
    return expected.stream().anyMatch(Expected::hasWriteTime);
  }
}
