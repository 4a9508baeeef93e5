package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Which sequence numbers the documents of a shard have. Thread-safe. */
final class ShardNumbers {

  private static final String FIELD = "_seq_no";

  private final SearchClient client;
  private final String index;
  private final int shard;
  private final String path;

  /**
   * @param index not an alias
   */
  ShardNumbers(SearchClient client, Dialect dialect, String index, int shard) {
    this.client = client;
    this.index = index;
    this.shard = shard;
    this.path = "/" + index + "/_search?request_cache=false&" + dialect.shard(shard);
  }

  /**
   * How many documents there are in each of some ranges.
   *
   * @param ranges ascending, not overlapping, a few hundred at most
   * @param without numbers that don't count
   */
  CompletionStage<long[]> count(List<SeqNoRange> ranges, long[] without) {
    ObjectNode body = query(ranges, without).put("size", 0);
    ObjectNode aggregation = body.putObject("aggs").putObject("n").putObject("range");
    aggregation.put("field", FIELD).put("keyed", true);
    ArrayNode parts = aggregation.putArray("ranges");
    for (int i = 0; i < ranges.size(); i++) {
      SeqNoRange range = ranges.get(i);
      parts
          .addObject()
          .put("key", String.valueOf(i))
          .put("from", range.from())
          .put("to", range.to() + 1);
    }
    return client
        .json("POST", path, body)
        .thenApply(
            answer -> {
              check(answer);
              JsonNode buckets = answer.path("aggregations").path("n").path("buckets");
              long[] counts = new long[ranges.size()];
              for (int i = 0; i < counts.length; i++) {
                counts[i] = buckets.required(String.valueOf(i)).required("doc_count").asLong();
              }
              return counts;
            });
  }

  /**
   * The numbers in some ranges, ascending; one comes as often as documents have it.
   *
   * @param without numbers that are left out
   * @param most so many are given at most
   */
  CompletionStage<long[]> list(List<SeqNoRange> ranges, long[] without, int most) {
    ObjectNode body = query(ranges, without).put("size", most);
    body.put("stored_fields", "_none_"); // the number is in the sort's values
    body.putArray("sort")
        .addObject()
        .putObject(FIELD)
        .put("order", "asc")
        .put("unmapped_type", "long");
    return client
        .json("POST", path, body)
        .thenApply(
            answer -> {
              check(answer);
              JsonNode hits = answer.path("hits").path("hits");
              long[] numbers = new long[hits.size()];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = hits.path(i).required("sort").required(0).asLong();
              }
              return numbers;
            });
  }

  /**
   * Matches those in the ranges. Without that, each aggregation would go through the whole shard.
   */
  private static ObjectNode query(List<SeqNoRange> ranges, long[] without) {
    ObjectNode body = SearchClient.JSON.createObjectNode().put("track_total_hits", false);
    ObjectNode any = body.putObject("query").putObject("bool");
    ArrayNode should = any.putArray("filter").addObject().putObject("bool").putArray("should");
    for (int i = 0; i < ranges.size(); ) {
      long from = ranges.get(i).from();
      long to = ranges.get(i).to();
      for (i++; i < ranges.size() && ranges.get(i).from() == to + 1; i++) {
        to = ranges.get(i).to();
      }
      should.addObject().putObject("range").putObject(FIELD).put("gte", from).put("lte", to);
    }
    if (without.length > 0) {
      ArrayNode left = any.putObject("must_not").putObject("terms").putArray(FIELD);
      Arrays.stream(without).forEach(left::add);
    }
    return body;
  }

  private void check(JsonNode answer) {
    ShardsMissingException.unlessOne(
        index, shard, answer.path("_shards"), answer.path("timed_out").asBoolean());
  }
}
