package io.cesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.cli.Status.Line;
import io.cesync.state.StatusFacts;
import io.cesync.state.VerifyState;
import java.util.Map;

/**
 * A status for programs: what is told of the daemon, and {@code tables}, an array with what is told
 * of each in each direction; see {@link StatusFacts}.
 */
final class StatusJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StatusJson() {}

  static String of(Status status) {
    Map<String, Object> json =
        StatusFacts.of(
            status.runningPid().filter(pid -> pid.matches("[0-9]+")).map(Long::valueOf),
            status.state().daemon());
    json.put("running", status.runningPid().isPresent());
    json.put("tables", status.lines().stream().map(line -> table(status, line)).toList());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }

  private static Map<String, Object> table(Status status, Line line) {
    Map<String, Object> table =
        StatusFacts.of(line.table(), line.direction(), line.stream(), status.now());
    VerifyState verified = status.state().verified().get(line.table());
    if (verified != null) {
      table.put("verified", verified.asMap());
    }
    return table;
  }
}
