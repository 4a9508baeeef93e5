package io.cesync.changelog;

/**
 * How often to look: at the busy interval while there are changes and shortly after, then more and
 * more rarely up to the interval. Times in milliseconds. Not thread-safe.
 */
final class Pace {

  private static final long BUSY_MILLIS = 2_000;

  private final long busyInterval;
  private final long interval;
  private long wait;
  private long lastFoundAt = Long.MIN_VALUE / 2;
  private long nextAt;

  Pace(long busyInterval, long interval) {
    this.busyInterval = Math.min(busyInterval, interval);
    this.interval = interval;
    this.wait = this.busyInterval;
  }

  void polled(boolean found, long now) {
    if (found) {
      lastFoundAt = now;
    }
    wait = now - lastFoundAt < BUSY_MILLIS ? busyInterval : Math.min(interval, wait * 3 / 2 + 1);
    nextAt = now + wait;
  }

  long nextAt() {
    return nextAt;
  }
}
