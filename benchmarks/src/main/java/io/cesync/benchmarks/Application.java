package io.cesync.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What an application does to the documents of {@code bench.item}. */
record Application(Http http) {
  private static final int BULK = 5_000;
  private static final String PATH = "/bench_item/_bulk?filter_path=errors";

  void index(int documents, int revision) {
    send(LongStream.range(0, documents).boxed().toList(), id -> indexed(id, revision));
  }

  /** Indexes these in one bulk, without waiting for the answer. */
  CompletionStage<?> indexAsync(LongStream ids, int revision) {
    String text = ids.mapToObj(id -> indexed(id, revision)).collect(Collectors.joining());
    return http.sendAsync("POST", PATH, text).thenAccept(Application::check);
  }

  private static String indexed(long id, int revision) {
    return "{\"index\":{\"_id\":\"%d\"}}\n%s\n"
        .formatted(id, new String(Items.document(id, revision), UTF_8));
  }

  void delete(List<Long> ids) {
    send(ids, "{\"delete\":{\"_id\":\"%d\"}}\n"::formatted);
  }

  private void send(List<Long> ids, LongFunction<String> action) {
    for (int from = 0; from < ids.size(); from += BULK) {
      StringBuilder text = new StringBuilder();
      for (long id : ids.subList(from, Math.min(ids.size(), from + BULK))) {
        text.append(action.apply(id));
      }
      check(http.send("POST", PATH, text.toString()));
    }
  }

  private static void check(JsonNode answer) {
    if (answer.path("errors").asBoolean()) {
      throw new IllegalStateException("an item of a bulk failed");
    }
  }
}
