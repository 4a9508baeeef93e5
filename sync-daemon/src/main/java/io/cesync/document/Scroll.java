package io.cesync.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentAnswer.Item;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The documents of a query as they are at its start, in no order, without their sources. The server
 * holds something for it until the end, or for ten minutes after the last page. Not thread-safe.
 */
final class Scroll implements TimestampTail.Scan {

  private static final String KEPT = "10m";

  private final SearchClient client;
  private final String index;
  private final Dialect dialect;
  private final ResultWindow window;
  private final int most;
  private final ObjectNode query;
  private volatile String id;
  private volatile int size;
  private volatile boolean more = true;
  private volatile boolean closed;

  /**
   * @param most documents in a page
   */
  Scroll(
      SearchClient client,
      String index,
      Dialect dialect,
      ResultWindow window,
      int most,
      ObjectNode query) {
    this.client = client;
    this.index = index;
    this.dialect = dialect;
    this.window = window;
    this.most = most;
    this.query = query;
  }

  @Override
  public boolean hasMore() {
    return more;
  }

  @Override
  public CompletionStage<List<StoredDocument>> next() {
    return (id == null
            ? window.get().thenCompose(size -> first(Math.min(most, size)))
            : client.documents("POST", "/_search/scroll", following()))
        .thenApply(this::page);
  }

  private CompletionStage<DocumentAnswer> first(int pageSize) {
    size = pageSize;
    ObjectNode body = SearchClient.JSON.createObjectNode().put("size", pageSize);
    dialect.numbers(body);
    // Scrolls have to count.
    body.remove("track_total_hits");
    body.set("query", query);
    body.putArray("sort").add("_doc");
    String path = "/" + index + "/_search?scroll=" + KEPT + dialect.wholeIndex();
    return client
        .documents("POST", path, body)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                window.forget();
              }
            });
  }

  private ObjectNode following() {
    return SearchClient.JSON.createObjectNode().put("scroll", KEPT).put("scroll_id", id);
  }

  private List<StoredDocument> page(DocumentAnswer answer) {
    if (answer.scroll() != null) {
      id = answer.scroll();
    }
    if (closed) {
      clear();
    }
    ShardsMissingException.unlessAll(index, answer.shards(), answer.timedOut());
    if (answer.items().size() < size) {
      more = false;
      clear();
    }
    return answer.items().stream().map(Item::document).toList();
  }

  @Override
  public void close() {
    more = false;
    closed = true;
    clear();
  }

  /** What isn't cleared the server drops after a while. */
  private void clear() {
    String held = id;
    id = null;
    if (held != null) {
      ObjectNode body = SearchClient.JSON.createObjectNode();
      body.putArray("scroll_id").add(held);
      var unused = client.json("DELETE", "/_search/scroll", body);
    }
  }
}
