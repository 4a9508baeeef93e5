package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** The server answered, but not for all of the index. */
final class ShardsMissingException extends IOException {
  private static final long serialVersionUID = 1;

  ShardsMissingException(String message) {
    super(message);
  }

  /**
   * Fails unless a search of one shard was answered by it: one that isn't there, or gave up
   * half-way, is answered as if it had no documents.
   *
   * @param answered how many shards did
   */
  static void unlessOne(String index, int shard, JsonNode answered, boolean timedOut) {
    if (answered.path("total").asInt() != 1
        || answered.path("successful").asInt() != 1
        || timedOut) {
      throw new CompletionException(
          new ShardsMissingException(
              "shard " + shard + " of " + index + " didn't answer: " + answered));
    }
  }

  /**
   * Fails unless a search was answered by all shards of its index.
   *
   * @param answered how many shards did
   */
  static void unlessAll(String index, JsonNode answered, boolean timedOut) {
    if (answered.path("total").asInt() < 1
        || answered.path("successful").asInt() != answered.path("total").asInt()
        || timedOut) {
      throw new CompletionException(
          new ShardsMissingException("not all shards of " + index + " answered: " + answered));
    }
  }
}
