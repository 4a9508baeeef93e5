package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An index and its shards as their primaries tell.
 *
 * @param index the index itself, where an alias was asked for
 * @param shards those that have a primary now, by their numbers
 */
record IndexStats(String index, String uuid, SortedMap<Integer, Shard> shards) {

  /**
   * One shard.
   *
   * @param maxSeqNo the highest number given, -1 if none was
   * @param globalCheckpoint all writes up to this number are done, and on all copies
   */
  record Shard(String historyUuid, long maxSeqNo, long globalCheckpoint) {}

  /** What of {@code _stats/docs?level=shards} is needed. */
  static final String FILTER =
      "_shards.failed,indices.*.uuid,indices.*.shards.*.routing.primary,"
          + "indices.*.shards.*.seq_no,indices.*.shards.*.commit.user_data.history_uuid";

  /**
   * Reads an answer.
   *
   * @param name as was asked for
   * @throws ShardsMissingException if some shards didn't tell, or it isn't one index
   */
  static IndexStats of(String name, JsonNode answer) throws ShardsMissingException {
    if (answer.path("_shards").path("failed").asInt() > 0) {
      throw new ShardsMissingException("not all shards of " + name + " told their numbers");
    }
    JsonNode indices = answer.path("indices");
    if (indices.size() != 1) {
      throw new ShardsMissingException(
          name + " stands for " + indices.size() + " indices; it must be one");
    }
    Map.Entry<String, JsonNode> only = indices.properties().iterator().next();
    SortedMap<Integer, Shard> shards = new TreeMap<>();
    for (Map.Entry<String, JsonNode> shard : only.getValue().path("shards").properties()) {
      for (JsonNode copy : shard.getValue()) {
        if (copy.path("routing").path("primary").asBoolean()) {
          shards.put(Integer.valueOf(shard.getKey()), shard(copy));
        }
      }
    }
    return new IndexStats(only.getKey(), only.getValue().path("uuid").asText(), shards);
  }

  private static Shard shard(JsonNode copy) throws ShardsMissingException {
    JsonNode numbers = copy.path("seq_no");
    String history = copy.path("commit").path("user_data").path("history_uuid").asText();
    if (!numbers.has("max_seq_no") || !numbers.has("global_checkpoint") || history.isEmpty()) {
      throw new ShardsMissingException("a shard doesn't tell its sequence numbers yet");
    }
    return new Shard(
        history, numbers.path("max_seq_no").asLong(), numbers.path("global_checkpoint").asLong());
  }

  /** Whether a position goes on in this index. */
  Continuity continuity(ShardPosition known) {
    Shard now = shards.get(known.shard());
    return now == null ? Continuity.OTHER_INDEX : Continuity.of(known, uuid, now);
  }
}
