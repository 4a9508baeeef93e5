package io.cesync.sync;

import io.cesync.state.Counts;
import java.time.Instant;
import java.util.Optional;

/** Counts what a table's sync does in one direction. Confined to the loop's thread. */
final class Tally {

  long applied;
  long deleted;
  long superseded;
  long retried;
  long deadLetters;
  long unconfirmed;
  long late;
  long refused;
  private Optional<Instant> lastApplied = Optional.empty();

  void done(boolean delete, Instant now) {
    if (delete) {
      deleted++;
    } else {
      applied++;
    }
    lastApplied = Optional.of(now);
  }

  Counts counts() {
    return new Counts(
        applied, deleted, superseded, retried, deadLetters, unconfirmed, late, refused);
  }

  Optional<Instant> lastApplied() {
    return lastApplied;
  }
}
