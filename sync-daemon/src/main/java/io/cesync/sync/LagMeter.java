package io.cesync.sync;

import org.HdrHistogram.Histogram;

/**
 * How long changes took from Cassandra's coordinator to the other side's acknowledgement, over the
 * last minute. Times in milliseconds. Not thread-safe.
 */
final class LagMeter {

  private static final long SLICE_MILLIS = 10_000;
  private static final int SLICES = 6;
  private static final long MOST_MILLIS = 30L * 24 * 3600 * 1000;

  private final Histogram[] slices = new Histogram[SLICES];
  private long current = Long.MIN_VALUE;

  LagMeter() {
    for (int i = 0; i < SLICES; i++) {
      slices[i] = new Histogram(MOST_MILLIS, 2);
    }
  }

  void record(long lag, long now) {
    slice(now).recordValue(Math.min(MOST_MILLIS, Math.max(0, lag)));
  }

  private Histogram slice(long now) {
    long wanted = now / SLICE_MILLIS;
    if (current < wanted - SLICES) {
      current = wanted - SLICES;
    }
    while (current < wanted) {
      current++;
      slices[(int) (current % SLICES)].reset();
    }
    return slices[(int) (wanted % SLICES)];
  }

  /** All of the last minute; empty if nothing was recorded. */
  Histogram lastMinute(long now) {
    slice(now);
    Histogram sum = new Histogram(MOST_MILLIS, 2);
    for (Histogram slice : slices) {
      sum.add(slice);
    }
    return sum;
  }
}
