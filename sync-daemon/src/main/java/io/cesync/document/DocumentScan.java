package io.cesync.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Pages through the ids of the documents that match. What was written since the index was refreshed
 * last may not be found. After a failure it can be asked again, and goes on; documents may come
 * twice. One at a time; not thread-safe.
 */
public interface DocumentScan {

  /** A document's id and version. */
  record Hit(String id, long version) {}

  /**
   * A scan in the way that the server has for it.
   *
   * @param filter queries that all must match; none for all documents
   * @param shard only this shard's
   * @param upTo documents above this sequence number may be left out
   */
  static DocumentScan of(
      SearchClient client,
      String index,
      ArrayNode filter,
      OptionalInt shard,
      OptionalLong upTo,
      int pageSize) {
    return client.server().hasSequenceNumbers()
        ? new SeqNoScan(client, index, filter, shard, upTo, pageSize)
        : new ScrollScan(client, index, filter, shard, pageSize);
  }

  /** One that needs no sequence numbers. */
  static DocumentScan byScroll(SearchClient client, String index, OptionalInt shard, int pageSize) {
    return new ScrollScan(client, index, SearchClient.JSON.createArrayNode(), shard, pageSize);
  }

  boolean hasMore();

  /** The next documents, perhaps none. */
  CompletionStage<List<Hit>> next();
}
