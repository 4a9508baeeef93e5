package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks for {@link IndexStats}, and sees to it that they are of all shards. Thread-safe. */
final class StatsReader {

  /** How many shards an index has; it keeps that number. */
  private record ShardCount(String uuid, int shards) {}

  private final SearchClient client;
  private final String name;
  private volatile ShardCount known = new ShardCount("", 0);

  StatsReader(SearchClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** Fails if a shard has no primary now, or the name isn't that of one index. */
  CompletionStage<IndexStats> read() {
    String path = "/" + name + "/_stats/docs?level=shards&filter_path=" + IndexStats.FILTER;
    return client.json("GET", path, null).thenCompose(this::checked);
  }

  private CompletionStage<IndexStats> checked(JsonNode answer) {
    IndexStats stats;
    try {
      stats = IndexStats.of(name, answer);
    } catch (ShardsMissingException e) {
      return CompletableFuture.failedFuture(e);
    }
    return count(stats).thenCompose(count -> complete(stats, count));
  }

  private static CompletionStage<IndexStats> complete(IndexStats stats, ShardCount count) {
    if (!count.uuid.equals(stats.uuid()) || count.shards != stats.shards().size()) {
      return CompletableFuture.failedFuture(
          new ShardsMissingException(
              "of " + stats.index() + " only shards " + stats.shards().keySet() + " are there"));
    }
    return CompletableFuture.completedFuture(stats);
  }

  private CompletionStage<ShardCount> count(IndexStats stats) {
    ShardCount before = known;
    if (before.uuid.equals(stats.uuid())) {
      return CompletableFuture.completedFuture(before);
    }
    String path =
        "/"
            + stats.index()
            + "/_settings?filter_path=*.settings.index.uuid,*.settings.index.number_of_shards";
    return client
        .json("GET", path, null)
        .thenApply(
            answer -> {
              JsonNode index = answer.path(stats.index()).path("settings").path("index");
              ShardCount count =
                  new ShardCount(
                      index.path("uuid").asText(), index.path("number_of_shards").asInt());
              known = count;
              return count;
            });
  }
}
