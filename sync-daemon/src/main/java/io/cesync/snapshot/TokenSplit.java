package io.cesync.snapshot;

/**
 * The ring of Murmur3 tokens in a fixed number of equal parts. It doesn't depend on the nodes, so
 * that a snapshot can go on where it was after the cluster has changed.
 *
 * @param after exclusive
 * @param to inclusive
 */
public record TokenSplit(long after, long to) {

  /** Enough that parts are small and progress is seen. */
  public static final int PARTS = 512;

  /**
   * One part.
   *
   * @param number from 0
   * @param parts a power of two
   */
  public static TokenSplit of(int number, int parts) {
    if (Integer.bitCount(parts) != 1 || parts == 1) {
      throw new IllegalArgumentException("a power of two from 2 up, not " + parts);
    }
    // The width of the ring is 2^64, so the width of a part is 2^64 / parts.
    long width = Long.MIN_VALUE / parts * -2;
    long after = Long.MIN_VALUE + number * width;
    return new TokenSplit(after, number == parts - 1 ? Long.MAX_VALUE : after + width);
  }
}
