package io.cesync.sync;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sequence numbers of cesync's own writes to an index of one shard that the ledger knows: what is
 * nothing but these needn't be searched for changes, nor for what has vanished, as the
 * application's writes and deletes have numbers, too. Bounded; thread-safe.
 */
final class OwnNumbers {

  /** If the application writes in between so often, its changes have to be searched anyway. */
  private static final int MOST_RUNS = 10_000;

  /** Runs of numbers: the first of each, and the last. */
  private final TreeMap<Long, Long> runs = new TreeMap<>();

  private int open;

  /** The first number that wasn't known when this was asked last, and since when. */
  private long unknown = -1;

  private Instant unknownSince = Instant.MIN;

  /** So many writes are sent. */
  synchronized void sent(int writes) {
    open += writes;
  }

  /** So many are answered, and the ledger knows those that took place, or never will of these. */
  synchronized void settled(int writes) {
    open -= writes;
  }

  /** Whether more numbers may come to be known soon. */
  synchronized boolean isAnyOpen() {
    return open > 0;
  }

  /** Since when this is the first number that isn't known; as far as was asked. */
  synchronized Instant unknownSince(long first, Instant now) {
    if (first != unknown) {
      unknown = first;
      unknownSince = now;
    }
    return unknownSince;
  }

  /** The ledger knows the write that has this number. */
  synchronized void known(long number) {
    long first = number;
    long last = number;
    Map.Entry<Long, Long> before = runs.floorEntry(number);
    if (before != null && before.getValue() >= number) {
      return;
    } else if (before != null && before.getValue() == number - 1) {
      first = before.getKey();
    }
    Long after = runs.remove(number + 1);
    if (after != null) {
      last = after;
    }
    runs.put(first, last);
    if (runs.size() > MOST_RUNS) {
      runs.pollFirstEntry();
    }
  }

  /**
   * The last number of those that follow a position without a gap; the position itself if the next
   * one isn't known. What is before the position is forgotten.
   */
  synchronized long lastAfter(long position) {
    Map.Entry<Long, Long> run = runs.floorEntry(position + 1);
    runs.headMap(position + 1).clear();
    if (run == null || run.getValue() <= position) {
      return position;
    }
    runs.put(position + 1, run.getValue());
    return run.getValue();
  }
}
