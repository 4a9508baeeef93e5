package io.cesync.benchmarks;

import java.util.function.LongSupplier;

/** A figure that remembers when it was seen to change last. */
final class Changing implements LongSupplier {
  private final LongSupplier figure;
  private long last = -1;
  private long changedAt;

  Changing(LongSupplier figure) {
    this.figure = figure;
  }

  @Override
  public long getAsLong() {
    long value = figure.getAsLong();
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
