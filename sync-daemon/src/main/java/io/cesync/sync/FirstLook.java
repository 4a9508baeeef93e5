package io.cesync.sync;

import io.cesync.ledger.Place;
import java.util.Map;

/** Where the first look at an index ends. Thread-safe. */
final class FirstLook {

  private volatile Map<Integer, Long> ends = Map.of();

  /**
   * @param ends as in {@link Changes#firstLook}; empty if none is under way
   */
  void set(Map<Integer, Long> ends) {
    this.ends = Map.copyOf(ends);
  }

  /**
   * Whether a document without an entry was surely written since it began. Each shard counts for
   * itself: one that isn't in the first look any more has been looked at as a whole. If its shard
   * isn't known, only numbers are that no shard had by then.
   */
  boolean isBefore(Place document) {
    Map<Integer, Long> now = ends;
    if (now.isEmpty()) {
      return false;
    } else if (document.shard() != Place.UNKNOWN_SHARD) {
      return document.seqNo() > now.getOrDefault(document.shard(), -1L);
    }
    return now.values().stream().allMatch(end -> document.seqNo() > end);
  }
}
