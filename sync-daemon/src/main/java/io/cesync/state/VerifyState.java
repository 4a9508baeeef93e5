package io.cesync.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * How comparing a table with its index ended.
 *
 * @param percent of both sides that were compared
 * @param differences that were found, and not put right
 * @param complete false if it was given up because too much differs
 * @param text all that in a line
 */
public record VerifyState(
    Instant begun,
    Instant finished,
    int percent,
    long rows,
    long documents,
    long differences,
    long repaired,
    boolean complete,
    String text) {

  public VerifyState {
    begun = begun.truncatedTo(ChronoUnit.MICROS);
    finished = finished.truncatedTo(ChronoUnit.MICROS);
  }

  /** What {@code state.yaml} says of it, as text, numbers and booleans. */
  public Map<String, Object> asMap() {
    return StateText.tree(this);
  }
}
