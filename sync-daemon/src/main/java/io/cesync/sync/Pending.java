package io.cesync.sync;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A key that has to be brought over, with what its entries say. Entries for a key that waits
 * already are merged into it. Confined to the loop's thread, except while in flight, when only the
 * flight reads it.
 */
final class Pending {

  /** More different writes than this to one key at a time are not told apart. */
  private static final int MOST_EXPECTED = 16;

  /** No entry stands behind it: a row of the snapshot, or a document without a row. */
  static final long NO_ENTRY = Long.MAX_VALUE;

  final RowKey key;
  final List<Expected> expected = new ArrayList<>(1);

  /** Of the entries merged here, in milliseconds; {@link #NO_ENTRY} if none. */
  long oldestEntry = NO_ENTRY;

  long newestEntry = Long.MIN_VALUE;

  /**
   * The document's version is to be at least this: an entry's write time, or a version that the
   * server has.
   */
  long leastVersion;

  /**
   * Rewrite all documents of the partition, not only remove those without a row. Only for whole
   * partitions.
   */
  boolean rewrite;

  long dueAt;
  int attempt;

  /** In the worklist's queue of those that are due. */
  boolean queued;

  /** It was brought over before, and is only looked at again. */
  boolean brought;

  /** Failures of the row itself, not of a server. */
  int failures;

  /** A second look that nothing waits for. */
  boolean recheck;

  /**
   * What was written when it was looked at last, or null. A look that finds the same writes
   * nothing.
   */
  byte[] written;

  private Runnable whenDone;

  Pending(RowKey key) {
    this.key = key;
  }

  void add(Entry entry) {
    oldestEntry = Math.min(oldestEntry, entry.millis());
    newestEntry = Math.max(newestEntry, entry.millis());
    if (entry.hasWriteTime()) {
      leastVersion = Math.max(leastVersion, entry.writeTime());
    }
    expect(Expected.of(entry));
    switch (entry.operation()) {
      case STATIC, UPDATE_PARTITION, EXPIRE, INSERT, UPDATE -> rewrite = true;
      case DELETE, DELETE_RANGE, DELETE_PARTITION -> {}
    }
  }

  private void expect(Expected added) {
    if (expected.stream().anyMatch(e -> e.covers(added))) {
      return;
    }
    expected.removeIf(added::covers);
    if (expected.size() == MOST_EXPECTED) {
      expected.clear();
      expected.add(new Expected(added.operation(), added.columns(), added.nulled(), Entry.UNKNOWN));
      return;
    }
    expected.add(added);
  }

  /** Takes over what another one for the same key waits for. The earlier due time holds. */
  void merge(Pending other) {
    oldestEntry = Math.min(oldestEntry, other.oldestEntry);
    newestEntry = Math.max(newestEntry, other.newestEntry);
    leastVersion = Math.max(leastVersion, other.leastVersion);
    rewrite |= other.rewrite;
    recheck &= other.recheck;
    brought &= other.brought;
    dueAt = Math.min(dueAt, other.dueAt);
    attempt = Math.max(attempt, other.attempt);
    failures = Math.max(failures, other.failures);
    written = null;
    other.expected.forEach(this::expect);
    if (other.whenDone != null) {
      whenDone(other.whenDone);
    }
  }

  /** Runs something, on the loop's thread, once this is brought over or put aside. */
  void whenDone(Runnable action) {
    Runnable before = whenDone;
    whenDone =
        before == null
            ? action
            : () -> {
              before.run();
              action.run();
            };
  }

  void done() {
    if (whenDone != null) {
      whenDone.run();
      whenDone = null;
    }
  }

  /** An LWT's outcome may still be undecided on the replicas: only a serial read settles it. */
  boolean needsSerialRead() {
    return expected.stream()
        .anyMatch(e -> e.writeTime() == Entry.UNKNOWN && e.operation() != Operation.EXPIRE);
  }
}
