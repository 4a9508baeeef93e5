package io.cesync.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Watches a figure from outside. */
final class Poll {
  private static final long EVERY_MILLIS = 50;

  private Poll() {}

  /**
   * Waits until a figure has reached a value and then stayed the same for a while.
   *
   * @param least the value
   * @param quiet how long it must stay
   * @return when it changed last, as {@link System#nanoTime} tells it
   */
  static long untilQuiet(LongSupplier figure, long least, Duration quiet, Child watched)
      throws InterruptedException {
    long last = -1;
    long changedAt = System.nanoTime();
    while (true) {
      watched.checkAlive();
      long now = System.nanoTime();
      long value = figure.getAsLong();
      if (value != last) {
        last = value;
        changedAt = System.nanoTime();
      } else if (value >= least && now - changedAt > quiet.toNanos()) {
        return changedAt;
      }
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
    }
  }
}
