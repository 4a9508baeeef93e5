package io.cesync.changelog;

/**
 * Decides when what lies before the late window is to be read once and in order, rather than by the
 * fast path. While a step of that takes its time, the late window moves on by as much: a fixed
 * limit would never be reached by a step that takes longer, and changes would go on being seen only
 * when they leave the window. Times in milliseconds. Not thread-safe.
 */
final class CatchUp {

  private static final long LEAST_SLACK = 2_000;

  private final long mostSlack;
  private long slack = LEAST_SLACK;

  CatchUp(long lateWindow) {
    this.mostSlack = Math.max(LEAST_SLACK, lateWindow);
  }

  /**
   * Whether to catch up first.
   *
   * @param readTo what was read already
   * @param settled where the late window begins
   */
  boolean isNeeded(long readTo, long settled) {
    return readTo < settled - slack;
  }

  /** A step has taken so long. */
  void took(long millis) {
    slack = Math.max(LEAST_SLACK, Math.min(mostSlack, 3 * millis));
  }
}
