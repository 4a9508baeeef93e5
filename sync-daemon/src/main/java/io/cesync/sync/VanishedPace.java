package io.cesync.sync;

/**
 * When to look for what has vanished: that may take longer than to find what changed, which waits
 * meanwhile. Times in milliseconds. Not thread-safe.
 */
final class VanishedPace {

  /** A search is followed by so many times as long without one, but no longer than the most. */
  private static final int REST = 4;

  private static final long MOST_REST_MILLIS = 2_000;

  /** Each start searches once, come what may: that has the time until most is done. */
  private static final long FIRST_MILLIS = 60_000;

  private long next;
  private long nextWhenBusy;

  VanishedPace(long now) {
    next = now;
    nextWhenBusy = now + FIRST_MILLIS;
  }

  void searched(long started, long ended) {
    next = ended + Math.min(MOST_REST_MILLIS, REST * (ended - started));
    nextWhenBusy = ended + MOST_REST_MILLIS;
  }

  /**
   * Whether it can wait.
   *
   * @param isBusy whether there is much to do
   */
  boolean canWait(long now, boolean isBusy) {
    return now < (isBusy ? nextWhenBusy : next);
  }
}
