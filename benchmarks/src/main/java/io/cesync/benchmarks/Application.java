package io.cesync.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** What an application does to the documents of {@code bench.item} while no daemon runs. */
record Application(Http http) {
  private static final int BULK = 5_000;

  void index(int documents, int revision) {
    send(
        LongStream.range(0, documents).boxed().toList(),
        id ->
            "{\"index\":{\"_id\":\"%d\"}}\n%s\n"
                .formatted(id, new String(Items.document(id, revision), UTF_8)));
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
      String path = "/bench_item/_bulk?filter_path=errors";
      if (http.send("POST", path, text.toString()).path("errors").asBoolean()) {
        throw new IllegalStateException("an item of a bulk failed");
      }
    }
  }
}
