package io.cesync.watch;

/**
 * What a stall is told by: that something stays the same for too long.
 *
 * @param key of what it is about
 * @param before what is told, up to the time that it has been so
 * @param after what is told after that
 * @param progress equal for as long as nothing moves
 * @param isDue whether anything should move
 * @param isJudged false while that can't be told: such time doesn't count
 * @param isNotice whether it is to be shown before it has been so for too long
 * @param limitMillis what is too long
 */
record Sign(
    String key,
    String before,
    String after,
    Object progress,
    boolean isDue,
    boolean isJudged,
    boolean isNotice,
    long limitMillis) {

  /** Of something that should not be. */
  static Sign ofState(String key, String before, String after, boolean isSo, long limitMillis) {
    return new Sign(key, before, after, key, isSo, true, true, limitMillis);
  }

  /** Of something that should go on. */
  static Sign ofProgress(
      String key, String before, String after, Object progress, boolean isDue, long limitMillis) {
    return new Sign(key, before, after, progress, isDue, true, false, limitMillis);
  }

  /** The same, if it can be told. */
  Sign judged(boolean can) {
    return new Sign(key, before, after, progress, isDue, can, isNotice, limitMillis);
  }
}
