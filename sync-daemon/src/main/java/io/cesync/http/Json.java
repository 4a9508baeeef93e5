package io.cesync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.settings.TableName;
import io.cesync.state.StatusFacts;
import io.cesync.sync.Vitals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told as JSON. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static String health(List<String> problems) {
    return text(Map.of("status", problems.isEmpty() ? "ok" : "failing", "reasons", problems));
  }

  /** What {@code status --json} says, and what only the running daemon knows. */
  static String status(Board board) {
    View view = board.view();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("running", true);
    json.put("pid", ProcessHandle.current().pid());
    json.put("saved", view.state().daemon().map(daemon -> daemon.saved().toString()).orElse(null));
    json.put("shown", view.at().toString());
    json.put("problems", board.problems());
    json.put("cassandra", view.vitals().map(Vitals::cassandra).orElse(false));
    json.put("elasticsearch", view.vitals().map(Vitals::search).orElse(false));
    List<Map<String, Object>> tables = StatusFacts.of(view.state(), board.now());
    Map<String, StreamName> names = new LinkedHashMap<>();
    view.histories().keySet().forEach(name -> names.put(name.toString(), name));
    tables.forEach(
        table -> live(table, view, names.get(table.get("table") + ", " + table.get("direction"))));
    json.put("tables", tables);
    return text(json);
  }

  private static void live(Map<String, Object> table, View view, StreamName name) {
    if (name == null) {
      return;
    }
    TableName of = name.table();
    table.put("rate", Math.round(view.histories().get(name).rate() * 10) / 10.0);
    table.put("lag_history_ms", view.histories().get(name).lags());
    table.put("pending", view.vitals().map(v -> v.pending().getOrDefault(of, 0L)).orElse(0L));
  }

  private static String text(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }
}
