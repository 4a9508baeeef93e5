package io.cesync.document;

import java.util.Comparator;

/** Sequence numbers, first and last included. */
public record SeqNoRange(long from, long to) {

  static final Comparator<SeqNoRange> ASCENDING = Comparator.comparingLong(SeqNoRange::from);

  /**
   * How many of some numbers are in it.
   *
   * @param sorted ascending
   */
  int count(long[] sorted) {
    return firstFrom(sorted, to + 1) - firstFrom(sorted, from);
  }

  /** The index of the first number that isn't below another. */
  private static int firstFrom(long[] sorted, long least) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many numbers these are. */
  public long length() {
    return to - from + 1;
  }
}
