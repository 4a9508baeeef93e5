package io.cesync.sync;

/**
 * Sources of found documents, which are kept until they are in the table: while they are too many,
 * the search waits. Confined to the loop's thread.
 */
final class FoundBytes {

  private final long most;
  private long held;
  private Runnable waiting;

  /**
   * @param most bytes with which no more are searched for
   */
  FoundBytes(long most) {
    this.most = most;
  }

  /** A key holds so many, until it lets go of its document. */
  void hold(Pending pending, long bytes) {
    held += bytes;
    pending.whenLetGo(
        () -> {
          held -= bytes;
          goOn();
        });
  }

  /** Runs something once there is room for more. */
  void whenRoom(Runnable action) {
    waiting = action;
    goOn();
  }

  private void goOn() {
    if (waiting != null && held < most) {
      Runnable action = waiting;
      waiting = null;
      action.run();
    }
  }
}
