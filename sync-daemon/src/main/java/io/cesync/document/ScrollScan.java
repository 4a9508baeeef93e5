package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Pages through documents as they were at the first page, which the server keeps meanwhile. A page
 * that didn't arrive is lost, so after a failure all begins anew. One at a time; not thread-safe.
 */
final class ScrollScan implements DocumentScan {

  /** For how long the server keeps it from one page to the next. */
  private static final String KEPT = "5m";

  private final SearchClient client;
  private final String index;
  private final ArrayNode filter;
  private final OptionalInt shard;
  private final int pageSize;

  /** Of the next page; null at the beginning. */
  private String scroll;

  private boolean more = true;

  ScrollScan(SearchClient client, String index, ArrayNode filter, OptionalInt shard, int pageSize) {
    this.client = client;
    this.index = index;
    this.filter = filter;
    this.shard = shard;
    this.pageSize = pageSize;
  }

  @Override
  public boolean hasMore() {
    return more;
  }

  @Override
  public CompletionStage<List<Hit>> next() {
    CompletionStage<JsonNode> answer = scroll == null ? first() : following(scroll);
    return answer.thenApply(this::hits).whenComplete(this::after);
  }

  private CompletionStage<JsonNode> first() {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    body.put("size", pageSize).put("version", true).put("_source", false);
    body.putArray("sort").add("_doc");
    body.putObject("query").putObject("bool").putArray("filter").addAll(filter);
    String preference = shard.isPresent() ? "&" + client.dialect().shard(shard.getAsInt()) : "";
    return client.json("POST", "/" + index + "/_search?scroll=" + KEPT + preference, body);
  }

  private CompletionStage<JsonNode> following(String id) {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    return client.json("POST", "/_search/scroll", body.put("scroll", KEPT).put("scroll_id", id));
  }

  private List<Hit> hits(JsonNode answer) {
    scroll = answer.path("_scroll_id").asText();
    ShardsMissingException.unlessAll(
        index, answer.path("_shards"), answer.path("timed_out").asBoolean());
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : answer.path("hits").path("hits")) {
      hits.add(new Hit(hit.path("_id").asText(), hit.path("_version").asLong()));
    }
    more = hits.size() == pageSize;
    return hits;
  }

  private void after(List<Hit> hits, Throwable failure) {
    if ((failure != null || !more) && scroll != null) {
      ObjectNode body = SearchClient.JSON.createObjectNode();
      body.putArray("scroll_id").add(scroll);
      scroll = null;
      // If that fails, the server lets go of it by itself, only later.
      var unused = client.json("DELETE", "/_search/scroll", body);
    }
  }
}
