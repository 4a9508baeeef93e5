package io.cesync.document;

/**
 * How much to send at a time: halved when the server says it is overloaded, up again step by step
 * as bulks succeed. A bulk over a tenth of the server's heap is refused even by an idle server, so
 * the size must shrink too, not only the rate. Not thread-safe.
 */
final class BulkPace {

  private static final int SUCCESSES_TO_GROW = 10;

  private final BulkLimits limits;
  private int inFlight;
  private int halvings;
  private int successes;

  BulkPace(BulkLimits limits) {
    this.limits = limits;
    this.inFlight = limits.inFlight();
  }

  int inFlight() {
    return inFlight;
  }

  int documents() {
    return Math.max(1, limits.maxDocuments() >> halvings);
  }

  long bytes() {
    return Math.max(1, limits.maxBytes() >> halvings);
  }

  void overloaded() {
    successes = 0;
    inFlight = Math.max(1, inFlight - 1);
    if (documents() > 1) {
      halvings++;
    }
  }

  void succeeded() {
    if (++successes >= SUCCESSES_TO_GROW) {
      successes = 0;
      inFlight = Math.min(limits.inFlight(), inFlight + 1);
      halvings = Math.max(0, halvings - 1);
    }
  }
}
