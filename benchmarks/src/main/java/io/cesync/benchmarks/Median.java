package io.cesync.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** Figures of several rounds, in one. */
final class Median {
  private Median() {}

  static double of(Collection<Double> values) {
    return percentile(values, 50);
  }

  /** The value that so many per cent of the others don't exceed, by nearest rank. */
  static double percentile(Collection<Double> values, int percent) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a percentile of nothing");
    }
    if (percent == 50 && sorted.length % 2 == 0) {
      return Arrays.stream(sorted, sorted.length / 2 - 1, sorted.length / 2 + 1)
          .average()
          .orElse(0);
    }
    return sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
  }
}
