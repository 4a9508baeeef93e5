package io.cesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.state.StatusFacts;
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
    json.put("tables", StatusFacts.of(status.state(), status.now()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }
}
