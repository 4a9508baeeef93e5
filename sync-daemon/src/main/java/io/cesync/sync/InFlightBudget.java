package io.cesync.sync;

/**
 * How many keys may be on their way at once, so that their rows and documents fit into the memory
 * that is meant for them. It starts small, and follows the sizes that it sees. Thread-safe.
 */
final class InFlightBudget {

  private static final int START = 500;

  private final long bytes;
  private final int mostKeys;
  private double meanSize;

  InFlightBudget(long bytes, int mostKeys) {
    this.bytes = bytes;
    this.mostKeys = mostKeys;
  }

  synchronized void saw(long size) {
    // Grows at once, shrinks slowly: one large row is often followed by more.
    meanSize = size > meanSize ? meanSize + (size - meanSize) / 2 : meanSize * 0.999 + size * 0.001;
  }

  synchronized int keys() {
    return meanSize == 0
        ? Math.min(START, mostKeys)
        : (int) Math.max(1, Math.min(mostKeys, bytes / (meanSize + 500)));
  }
}
