package io.cesync.sync;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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

  private long highest = -1;

  /** Those that are under way. */
  private final Set<Request> requests = new HashSet<>();

  /** Own writes that are under way together. To be {@link #settled}. */
  final class Request {
    private final CompletableFuture<Void> settled = new CompletableFuture<>();

    private Request() {}

    /**
     * It is answered, and the ledger knows those writes that took place, or never will of these.
     */
    void settled() {
      synchronized (OwnNumbers.this) {
        requests.remove(this);
      }
      settled.complete(null);
    }
  }

  /** Writes are about to be sent. */
  synchronized Request sent() {
    Request request = new Request();
    requests.add(request);
    return request;
  }

  /** Completes once all that are under way now are settled. */
  CompletionStage<Void> settled() {
    return CompletableFuture.allOf(underWay());
  }

  private synchronized CompletableFuture<?>[] underWay() {
    return requests.stream().map(each -> each.settled).toArray(CompletableFuture[]::new);
  }

  /** The ledger knows the write that has this number. */
  synchronized void known(long number) {
    highest = Math.max(highest, number);
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

  /** No shard that has all that was written to it has a lower one; −1 if none is known. */
  synchronized long highest() {
    return highest;
  }

  /** Whether it is of such a write. Those before a position that was asked for are forgotten. */
  synchronized boolean isKnown(long number) {
    Map.Entry<Long, Long> run = runs.floorEntry(number);
    return run != null && number <= run.getValue();
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
