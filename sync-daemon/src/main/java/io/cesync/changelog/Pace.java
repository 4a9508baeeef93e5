package io.cesync.changelog;

/**
 * How often to look: at the busy interval while there are changes and shortly after, then more and
 * more rarely up to the interval. A look that takes long is followed by as long a pause, at most
 * the interval: the server has enough to do. Times in milliseconds. Not thread-safe.
 */
public final class Pace {

  private static final long BUSY_MILLIS = 2_000;

  private final long busyInterval;
  private final long interval;
  private long wait;
  private long lastFoundAt = Long.MIN_VALUE / 2;
  private long nextAt;

  public Pace(long busyInterval, long interval) {
    this.busyInterval = Math.min(busyInterval, interval);
    this.interval = interval;
    this.wait = this.busyInterval;
  }

  /**
   * A look is over.
   *
   * @param found whether there was something new
   * @param took how long the server was busy with it
   */
  public void polled(boolean found, long started, long took, long now) {
    if (found) {
      lastFoundAt = started;
    }
    wait =
        started - lastFoundAt < BUSY_MILLIS ? busyInterval : Math.min(interval, wait * 3 / 2 + 1);
    nextAt = Math.max(started + wait, now + Math.min(interval, took));
  }

  /** When to look again. */
  public long nextAt() {
    return nextAt;
  }
}
