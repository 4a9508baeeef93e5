package io.cesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.cli.Status.Line;
import io.cesync.state.Ranges;
import io.cesync.state.VerifyState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A status for programs: {@code running}, {@code pid}, {@code saved}, and {@code tables}, an array
 * with what {@code state.yaml} says of each, {@code behind_ms} (the age of its position) and the
 * snapshot's ranges as numbers.
 */
final class StatusJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StatusJson() {}

  static String of(Status status) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("running", status.runningPid().isPresent());
    json.put(
        "pid",
        status.runningPid().filter(pid -> pid.matches("[0-9]+")).map(Long::valueOf).orElse(null));
    json.put(
        "saved", status.state().daemon().map(daemon -> daemon.saved().toString()).orElse(null));
    json.put("tables", status.lines().stream().map(line -> table(status, line)).toList());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }

  private static Map<String, Object> table(Status status, Line line) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("table", line.table().toString());
    table.put("direction", line.direction().toString());
    table.putAll(line.stream().asMap());
    line.stream()
        .position()
        .ifPresent(position -> table.put("behind_ms", status.since(position).toMillis()));
    table.put("snapshot", snapshot(line, table.get("snapshot")));
    VerifyState verified = status.state().verified().get(line.table());
    if (verified != null) {
      table.put("verified", verified.asMap());
    }
    return table;
  }

  private static Map<String, Object> snapshot(Line line, Object asSaved) {
    Map<String, Object> snapshot = new LinkedHashMap<>();
    ((Map<?, ?>) asSaved).forEach((key, value) -> snapshot.put((String) key, value));
    Ranges ranges = line.stream().snapshot().ranges();
    snapshot.remove("ranges");
    snapshot.put("ranges_done", ranges.count());
    snapshot.put("ranges_total", ranges.total());
    return snapshot;
  }
}
