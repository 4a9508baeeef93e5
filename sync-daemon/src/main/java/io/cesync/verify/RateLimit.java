package io.cesync.verify;

import java.time.Clock;

/** Tells how long to wait so that no more than so many rows a second are read. Thread-safe. */
final class RateLimit {

  private final int perSecond;
  private final Clock clock;
  private long freeAtMicros;

  /**
   * @param perSecond 0 for no limit
   */
  RateLimit(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** Most rows to read at a time, so that they don't come in bursts. */
  int most(int otherwise) {
    return perSecond == 0 ? otherwise : Math.max(1, Math.min(otherwise, perSecond));
  }

  /** Milliseconds to wait after reading so many. */
  synchronized long after(int rows) {
    if (perSecond == 0) {
      return 0;
    }
    long now = clock.millis() * 1000;
    freeAtMicros = Math.max(freeAtMicros, now) + rows * 1_000_000L / perSecond;
    return (freeAtMicros - now) / 1000;
  }
}
