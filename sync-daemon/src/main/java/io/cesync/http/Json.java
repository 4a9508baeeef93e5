package io.cesync.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.state.StatusFacts;
import io.cesync.sync.Vitals;
import io.cesync.watch.StreamView;
import io.cesync.watch.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told as JSON. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static String health(List<String> reasons) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("status", reasons.isEmpty() ? "ok" : "failing");
    json.put("reasons", reasons);
    return text(json);
  }

  /** What {@code status --json} says, and what only the running daemon knows. */
  static String status(View view) {
    Map<String, Object> json =
        StatusFacts.of(Optional.of(ProcessHandle.current().pid()), view.daemon());
    json.put("at", view.at().toString());
    json.put("verdict", view.verdict().toString());
    json.put("waiting", view.waiting().orElse(null));
    json.put("notices", view.notices());
    json.put("problems", view.problems());
    json.put("cassandra", view.vitals().map(Vitals::cassandra).orElse(null));
    json.put("elasticsearch", view.vitals().map(Vitals::search).orElse(null));
    json.put("bulk_queue_bytes", view.vitals().map(Vitals::queuedBytes).orElse(0L));
    json.put("tables", view.streams().stream().map(Json::of).toList());
    return text(json);
  }

  private static Map<String, Object> of(StreamView stream) {
    Map<String, Object> json =
        StatusFacts.of(
            stream.name().table(), stream.name().direction(), stream.state(), stream.at());
    json.put("verdict", stream.verdict().toString());
    stream.copied().ifPresent(part -> json.put("copied", Math.round(part * 1000) / 1000.0));
    json.put("read_to", stream.vitals().readTo().map(Instant::toString).orElse(null));
    json.put("oldest_ms", stream.behindMillis());
    json.put("pending", stream.vitals().pending());
    json.put("in_flight", stream.vitals().inFlight());
    json.put("rate", Math.round(stream.history().rate() * 10) / 10.0);
    json.put("lag_history_ms", stream.history().lags());
    return json;
  }

  private static String text(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }
}
