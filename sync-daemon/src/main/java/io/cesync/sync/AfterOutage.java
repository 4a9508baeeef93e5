package io.cesync.sync;

/**
 * What an outage of Cassandra leaves behind: a batch that a node had stored, but not carried out,
 * when it died is replayed once the node is back, and its entries may be older by then than what
 * the tail still looks for. So after an outage the log is read once more from where it was
 * confirmed before, when such batches have been replayed, and the position waits for that. Times in
 * milliseconds. Not thread-safe.
 */
final class AfterOutage {

  /** Shorter ones are hiccups: whatever they delayed is younger than the late window. */
  private static final long LEAST_OUTAGE = 10_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final long lateWindow;
  private int recoveries;
  private long from = NEVER;
  private long dueAt = NEVER;

  AfterOutage(long lateWindow) {
    this.lateWindow = lateWindow;
  }

  /** Notices that Cassandra is back. */
  void look(Gate cassandra, long confirmedTo, long now) {
    if (cassandra.recoveries() == recoveries) {
      return;
    }
    recoveries = cassandra.recoveries();
    if (cassandra.lastOutage() >= Math.min(LEAST_OUTAGE, lateWindow)) {
      from = Math.min(from, confirmedTo);
      dueAt = now + lateWindow;
    }
  }

  /** Whether it is time to read again. */
  boolean isDue(long now) {
    return now >= dueAt;
  }

  /** From where to read again; with that it is settled. */
  long take() {
    long start = from;
    from = NEVER;
    dueAt = NEVER;
    return start;
  }

  /** What the position may be at most. */
  long position(long confirmedTo) {
    return Math.min(from, confirmedTo);
  }
}
