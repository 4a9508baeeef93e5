package io.cesync.sync;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter above the half.
 *
 * @param initial milliseconds
 * @param most milliseconds
 */
record Backoff(long initial, long most) {

  /** Milliseconds to wait after so many failures, from 1. */
  long delay(int failures, RandomGenerator random) {
    int doublings = Math.min(failures - 1, 40);
    long ceiling = Math.min(most, initial << Math.min(doublings, 30));
    return ceiling <= 1 ? 1 : ceiling / 2 + random.nextLong(ceiling / 2 + 1);
  }
}
