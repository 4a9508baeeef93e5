package io.cesync.changelog;

/**
 * Reads the log once more at a fixed distance behind now, for entries that appeared late. Several
 * of them at growing distances find a late entry soon, at the cost of a few more reads of each
 * entry, where reading the whole late window again every few seconds would cost dozens. Not
 * thread-safe.
 */
final class Follower {

  private final long age;
  private final long every;
  private long cursor;
  private long nextAt;
  private boolean busy;

  /**
   * @param age how far behind now, in milliseconds
   */
  Follower(long age) {
    this.age = age;
    this.every = Math.max(SeenIds.SLICE_MILLIS, Math.min(age / 2, 5_000));
  }

  void startAt(long millis) {
    cursor = SeenIds.sliceOf(millis);
  }

  /** The end of what this one has read. */
  long cursor() {
    return cursor;
  }

  /** What lies before this was read when it could no longer be added to. */
  void skipTo(long millis) {
    cursor = Math.max(cursor, SeenIds.sliceOf(millis));
  }

  /**
   * Another read has just found what there is from a time on: as far as that was old enough for
   * this one, it need not be read again.
   */
  void covered(long from, long readAt) {
    if (!busy && from <= cursor) {
      skipTo(readAt - age);
    }
  }

  /** What to read now; empty if it isn't time. */
  Window due(long now, long readTo) {
    long end = SeenIds.sliceOf(Math.min(now - age, readTo));
    return busy || now < nextAt || end <= cursor
        ? new Window(cursor, cursor)
        : new Window(cursor, end);
  }

  void started() {
    busy = true;
  }

  void finished(Window window, long now) {
    busy = false;
    cursor = Math.max(cursor, window.to());
    nextAt = now + every;
  }

  void failed() {
    busy = false;
  }

  long nextAt() {
    return nextAt;
  }
}
