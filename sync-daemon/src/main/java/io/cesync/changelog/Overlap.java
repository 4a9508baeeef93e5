package io.cesync.changelog;

/**
 * How far before its high-water mark the fast path reads again. Where many entries come later than
 * that (coordinators' clocks differ, or writes are slow) it reaches further back, so that they
 * aren't left to the slower followers. Not thread-safe.
 */
final class Overlap {

  static final long LEAST_MILLIS = 150;
  static final long MOST_MILLIS = 2_400;
  private static final double MANY = 0.005;
  private static final long QUIET_MILLIS = 60_000;

  private long millis = LEAST_MILLIS;
  private long changedAt;

  long millis() {
    return millis;
  }

  /**
   * A follower has looked at a window.
   *
   * @param late entries that the fast path had missed
   * @param all entries of the window
   */
  void observed(long late, long all, long now) {
    if (late > all * MANY) {
      millis = Math.min(MOST_MILLIS, millis * 2);
      changedAt = now;
    } else if (now - changedAt > QUIET_MILLIS && millis > LEAST_MILLIS) {
      millis = Math.max(LEAST_MILLIS, millis / 2);
      changedAt = now;
    }
  }
}
