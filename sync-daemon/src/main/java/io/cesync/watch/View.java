package io.cesync.watch;

import io.cesync.state.DaemonState;
import io.cesync.sync.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of the daemon last. Immutable.
 *
 * @param at when
 * @param daemon as it saved itself; empty before it did
 * @param vitals empty while it follows nothing
 * @param waiting what it waits for if it follows nothing; else empty
 * @param streams of the tables that it syncs, by name
 * @param notices what isn't as it should be, but may mend soon
 * @param problems what has been wrong for too long: it isn't healthy
 */
public record View(
    Instant at,
    Optional<DaemonState> daemon,
    Optional<Vitals> vitals,
    Optional<String> waiting,
    List<StreamView> streams,
    List<String> notices,
    List<String> problems) {

  /** How it is as a whole. */
  public Verdict verdict() {
    if (!problems.isEmpty()) {
      return Verdict.STALLED;
    }
    if (waiting.isPresent() || !notices.isEmpty()) {
      return Verdict.WAITING;
    }
    return streams.stream().map(StreamView::verdict).reduce(Verdict.KEEPS_UP, Verdict::or);
  }
}
