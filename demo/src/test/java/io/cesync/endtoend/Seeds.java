package io.cesync.endtoend;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * What histories begin with: new ones each time, or from {@code -Dcesync.seed=N} on. How many is
 * {@code -Dcesync.histories=N}.
 */
final class Seeds {
  private static final long FIRST = Long.getLong("cesync.seed", new Random().nextInt(1_000_000));

  private Seeds() {}

  static LongStream all() {
    return LongStream.range(FIRST, FIRST + Integer.getInteger("cesync.histories", 2));
  }

  static long one() {
    return FIRST;
  }
}
