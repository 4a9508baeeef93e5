package io.cesync.state;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What programs are told of a state, by the command line and over HTTP. */
public final class StatusFacts {
  private StatusFacts() {}

  /**
   * {@code running}, {@code pid}, {@code started}, {@code saved} and {@code page}.
   *
   * @param pid of the daemon that runs
   * @param last the daemon that saved the state last
   */
  public static Map<String, Object> of(Optional<Long> pid, Optional<DaemonState> last) {
    // What an earlier daemon saved says nothing of this one.
    Optional<DaemonState> itself = last.filter(d -> pid.equals(Optional.of(d.pid())));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("running", pid.isPresent());
    facts.put("pid", pid.orElse(null));
    facts.put("started", itself.map(d -> d.started().toString()).orElse(null));
    facts.put("saved", last.map(d -> d.saved().toString()).orElse(null));
    facts.put("page", itself.flatMap(DaemonState::page).orElse(null));
    return facts;
  }

  /**
   * Of a table in a direction: what {@code state.yaml} says, {@code behind_ms} (the age of its
   * position) and the snapshot's ranges as numbers.
   */
  public static Map<String, Object> of(
      TableName table, Direction direction, StreamState stream, Instant now) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", table.toString());
    facts.put("direction", direction.toString());
    facts.putAll(stream.asMap());
    stream
        .position()
        .ifPresent(at -> facts.put("behind_ms", Math.max(0, Duration.between(at, now).toMillis())));
    facts.put("snapshot", snapshot(stream, facts.get("snapshot")));
    return facts;
  }

  private static Map<String, Object> snapshot(StreamState stream, Object asSaved) {
    Map<String, Object> snapshot = new LinkedHashMap<>();
    ((Map<?, ?>) asSaved).forEach((key, value) -> snapshot.put((String) key, value));
    Ranges ranges = stream.snapshot().ranges();
    snapshot.remove("ranges");
    snapshot.put("ranges_done", ranges.count());
    snapshot.put("ranges_total", ranges.total());
    return snapshot;
  }
}
