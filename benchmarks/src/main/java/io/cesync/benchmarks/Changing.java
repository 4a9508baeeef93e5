package io.cesync.benchmarks;

/** A figure that remembers when it was seen to change last. */
final class Changing {
  private long last = -1;
  private long changedAt;

  /** Returns what was seen. */
  long saw(long value) {
    if (value != last) {
      last = value;
      changedAt = System.nanoTime();
    }
    return value;
  }

  /** As {@link System#nanoTime} tells it. */
  long changedAt() {
    return changedAt;
  }
}
