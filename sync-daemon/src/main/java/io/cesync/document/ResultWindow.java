package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How many documents an index gives in one answer to a search ({@code index.max_result_window}).
 * Asked for once, and again after a search failed, as it may have been lowered. Thread-safe.
 */
final class ResultWindow {

  private static final int USUAL = 10_000;

  private final SearchClient client;
  private final String index;
  private volatile int known;

  ResultWindow(SearchClient client, String index) {
    this.client = client;
    this.index = index;
  }

  /** At least 1. */
  CompletionStage<Integer> get() {
    int size = known;
    if (size > 0) {
      return CompletableFuture.completedFuture(size);
    }
    String path = "/" + index + "/_settings?filter_path=*.settings.index.max_result_window";
    return client.json("GET", path, null).thenApply(this::of);
  }

  private int of(JsonNode answer) {
    int least = USUAL;
    for (JsonNode each : answer) {
      JsonNode size = each.path("settings").path("index").path("max_result_window");
      least = Math.min(least, Math.max(1, size.asInt(USUAL)));
    }
    known = least;
    return least;
  }

  /** A search failed. */
  void forget() {
    known = 0;
  }
}
