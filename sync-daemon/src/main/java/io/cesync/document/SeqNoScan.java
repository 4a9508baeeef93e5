package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Pages through the ids of the documents that match, in the order of their sequence numbers, which
 * needs no snapshot kept on the server: a document that changes meanwhile comes again later. One at
 * a time; not thread-safe.
 */
final class SeqNoScan implements DocumentScan {

  private final SearchClient client;
  private final String index;
  private final ArrayNode filter;
  private final OptionalInt shard;
  private final OptionalLong upTo;
  private final int pageSize;

  private long last = -1;
  private Set<String> seenAtLast = new HashSet<>();
  private boolean more = true;

  /**
   * @param filter queries that all must match; none for all documents
   * @param shard only this shard's
   * @param upTo only documents whose sequence number is not above this
   */
  SeqNoScan(
      SearchClient client,
      String index,
      ArrayNode filter,
      OptionalInt shard,
      OptionalLong upTo,
      int pageSize) {
    this.client = client;
    this.index = index;
    this.filter = filter;
    this.shard = shard;
    this.upTo = upTo;
    this.pageSize = pageSize;
  }

  @Override
  public boolean hasMore() {
    return more;
  }

  @Override
  public CompletionStage<List<Hit>> next() {
    String path =
        "/"
            + index
            + "/_search"
            + (shard.isPresent() ? "?preference=_shards:" + shard.getAsInt() : "");
    return client.json("POST", path, body()).thenApply(this::hits);
  }

  private ObjectNode body() {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    body.put("size", pageSize).put("version", true).put("_source", false);
    body.put("track_total_hits", false);
    ArrayNode filters = body.putObject("query").putObject("bool").putArray("filter");
    filters.addAll(filter);
    ObjectNode range = filters.addObject().putObject("range").putObject("_seq_no");
    // From the last one on, inclusive: several shards have a document of the same number.
    range.put("gte", Math.max(0, last));
    upTo.ifPresent(number -> range.put("lte", number));
    body.putArray("sort")
        .addObject()
        .putObject("_seq_no")
        .put("order", "asc")
        .put("unmapped_type", "long");
    return body;
  }

  private List<Hit> hits(JsonNode answer) {
    ShardsMissingException.unlessAll(
        index, answer.path("_shards"), answer.path("timed_out").asBoolean());
    JsonNode hits = answer.path("hits").path("hits");
    more = hits.size() == pageSize;
    List<Hit> fresh = new ArrayList<>(hits.size());
    for (JsonNode hit : hits) {
      long number = hit.path("sort").path(0).asLong();
      if (number > last) {
        last = number;
        seenAtLast = new HashSet<>();
      }
      String id = hit.path("_id").asText();
      if (seenAtLast.add(id)) {
        fresh.add(new Hit(id, hit.path("_version").asLong()));
      }
    }
    if (more && fresh.isEmpty()) {
      throw new IllegalStateException(
          "more than " + pageSize + " documents of " + index + " share one sequence number");
    }
    return fresh;
  }
}
