package io.cesync.sync;

import io.cesync.state.SnapshotState.Status;
import io.cesync.state.StreamState;
import io.cesync.state.StreamState.LogLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a table begins: where it left off, or with a new snapshot, since the log can't tell what is
 * missing. Pure.
 *
 * @param newSnapshot why a snapshot is needed; empty to go on
 */
record StartPlan(Optional<String> newSnapshot) {

  /** What the table, the index and the log are now. */
  record Facts(String indexUuid, String tableId, LogLayout layout, Duration retention) {}

  static StartPlan of(StreamState state, Facts facts, Instant now) {
    if (state.position().isEmpty() || state.snapshot().status() == Status.NONE) {
      return snapshot("it was never copied");
    }
    if (differs(state.tableId(), facts.tableId)) {
      return snapshot("the table was created anew");
    }
    if (differs(state.indexUuid(), facts.indexUuid)) {
      return snapshot("the index was created anew");
    }
    if (differs(state.logLayout(), facts.layout)) {
      return snapshot("the change log's layout has changed");
    }
    // Entries expire one by one: a little early is better than a gap.
    Instant oldestEntry = now.minus(facts.retention).plus(facts.retention.dividedBy(50));
    if (!facts.retention.isZero() && state.position().get().isBefore(oldestEntry)) {
      return snapshot(
          "its position, %s, is older than what the change log keeps (%s)"
              .formatted(state.position().get(), facts.retention));
    }
    return new StartPlan(Optional.empty());
  }

  private static StartPlan snapshot(String why) {
    return new StartPlan(Optional.of(why));
  }

  private static boolean differs(Optional<?> known, Object now) {
    return known.isPresent() && !known.get().equals(now);
  }
}
