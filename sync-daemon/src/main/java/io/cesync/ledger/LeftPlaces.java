package io.cesync.ledger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Places that documents have left, but that are kept while somebody counts: some 150 bytes for each
 * write in that time, mostly well below a second. Thread-safe.
 */
final class LeftPlaces {

  /**
   * A place, and the document that left it.
   *
   * @param place its term says nothing
   */
  record Left(Place place, String id) {

    static Left of(Place place, String id) {
      return new Left(new Place(place.era(), place.shard(), place.seqNo(), 0), id);
    }
  }

  private final Set<Left> kept = new LinkedHashSet<>();
  private int holds;

  synchronized void hold() {
    holds++;
  }

  /** Whether a place that is left is to be kept for now. */
  synchronized boolean keeps(Left left) {
    if (holds > 0) {
      kept.add(left);
    }
    return holds > 0;
  }

  /** A document is at a place again that it had left. */
  synchronized void reached(Left place) {
    kept.remove(place);
  }

  /** Those that need be kept no longer. */
  synchronized List<Left> release() {
    holds--;
    if (holds > 0) {
      return List.of();
    }
    List<Left> released = new ArrayList<>(kept);
    kept.clear();
    return released;
  }

  /** In the order that they were left in. */
  synchronized long[] numbers(String era, int shard, int most) {
    return kept.stream()
        .map(Left::place)
        .filter(place -> place.shard() == shard && place.era().equals(era))
        .mapToLong(Place::seqNo)
        .limit(most)
        .toArray();
  }
}
