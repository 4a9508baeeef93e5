package io.cesync.state;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What programs are told of a state. */
public final class StatusFacts {
  private StatusFacts() {}

  /**
   * Per table and direction what {@code state.yaml} says, {@code behind_ms} (the age of its
   * position) and the snapshot's ranges as numbers.
   */
  public static List<Map<String, Object>> of(State state, Instant now) {
    List<Map<String, Object>> facts = new ArrayList<>();
    state
        .tables()
        .forEach(
            (table, streams) ->
                streams.forEach(
                    (direction, stream) -> facts.add(of(table, direction, stream, now))));
    return facts;
  }

  private static Map<String, Object> of(
      TableName table, Direction direction, StreamState stream, Instant now) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", table.toString());
    facts.put("direction", direction.toString());
    facts.putAll(stream.asMap());
    stream
        .position()
        .ifPresent(
            at -> facts.put("behind_ms", Math.max(0, Duration.between(at, now).toMillis())));
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
