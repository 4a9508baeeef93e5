package io.cesync.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentAnswer.Item;
import io.cesync.mapping.TimestampField;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds documents by a field that says when they were changed. Needs no sequence numbers, nor that
 * all documents have the field. Documents come without their sources. Thread-safe, its scans are
 * not; stages fail if a request does, or if not all of the index answers.
 */
public final class TimestampTail {

  /** Without sources these are a few hundred bytes each. */
  private static final int MOST = 5_000;

  private final SearchClient client;
  private final Indices indices;
  private final String index;
  private final Dialect dialect;
  private final TimestampField field;
  private final ResultWindow window;
  private final int most;

  /**
   * @param index not an alias
   */
  public TimestampTail(
      SearchClient client, String index, ServerVersion server, TimestampField field) {
    this(client, index, server, field, MOST);
  }

  TimestampTail(
      SearchClient client, String index, ServerVersion server, TimestampField field, int most) {
    this.client = client;
    this.indices = new Indices(client);
    this.index = index;
    this.dialect = new Dialect(server);
    this.field = field;
    this.window = new ResultWindow(client, index);
    this.most = most;
  }

  /** Documents one page after the other. One request at a time. */
  public interface Scan {

    boolean hasMore();

    /** The next documents, perhaps none. */
    CompletionStage<List<StoredDocument>> next();

    /** Gives up what the server holds for it. To be called unless there is no more. */
    void close();
  }

  /** Makes all that was written before the call findable. */
  public CompletionStage<Void> refresh() {
    return indices.refresh(index);
  }

  /** All documents as they are when the first page is asked for. */
  public Scan all() {
    ObjectNode query = SearchClient.JSON.createObjectNode();
    query.putObject("match_all");
    return scroll(query);
  }

  /**
   * The documents of a time, in its order. One whose time is changed meanwhile may not come, or
   * come twice.
   *
   * @param from µs since 1970, included
   * @param to not included; {@link Long#MAX_VALUE} for no end
   */
  public Scan between(long from, long to) {
    return new Between(Ticks.floor(field.unit(), from), Ticks.ceiling(field.unit(), to));
  }

  private Scroll scroll(ObjectNode query) {
    return new Scroll(client, index, dialect, window, most, query);
  }

  private final class Between implements Scan {
    private final long to;
    private long from;
    private Scroll tie;
    private boolean more;

    Between(long from, long to) {
      this.from = from;
      this.to = to;
      this.more = from < to;
    }

    @Override
    public boolean hasMore() {
      return more;
    }

    @Override
    public CompletionStage<List<StoredDocument>> next() {
      if (tie != null) {
        return tie.next()
            .thenApply(
                documents -> {
                  if (!tie.hasMore()) {
                    tie = null;
                    from++;
                    more = from < to;
                  }
                  return documents;
                });
      }
      return window.get().thenCompose(size -> search(Math.min(most, size)));
    }

    private CompletionStage<List<StoredDocument>> search(int size) {
      ObjectNode body = SearchClient.JSON.createObjectNode().put("size", size);
      dialect.numbers(body);
      body.set("query", query(from, to));
      // Of several values the last counts.
      body.putArray("sort")
          .addObject()
          .putObject(field.name())
          .put("order", "asc")
          .put("mode", "max");
      String path = "/" + index + "/_search?request_cache=false" + dialect.wholeIndex();
      return client
          .documents("POST", path, body)
          .whenComplete((answer, failure) -> noteFailure(failure))
          .thenCompose(answer -> page(size, answer));
    }

    private CompletionStage<List<StoredDocument>> page(int size, DocumentAnswer answer) {
      ShardsMissingException.unlessAll(index, answer.shards(), answer.timedOut());
      List<Item> items = answer.items();
      if (items.size() < size) {
        more = false;
        return CompletableFuture.completedFuture(items.stream().map(Item::document).toList());
      }
      long last = items.get(items.size() - 1).sort().asLong();
      if (last <= from) {
        // All of one tick, and perhaps more than any page takes.
        tie = scroll(query(from, from + 1));
        return next();
      }
      from = last;
      more = from < to;
      List<StoredDocument> complete = new ArrayList<>(items.size());
      for (Item item : items) {
        // The last tick's come again, all of them.
        if (!more || item.sort().asLong() < last) {
          complete.add(item.document());
        }
      }
      return CompletableFuture.completedFuture(complete);
    }

    private void noteFailure(Throwable failure) {
      if (failure != null) {
        window.forget();
      }
    }

    @Override
    public void close() {
      more = false;
      if (tie != null) {
        tie.close();
      }
    }
  }

  private ObjectNode query(long from, long to) {
    ObjectNode query = SearchClient.JSON.createObjectNode();
    ObjectNode range =
        query
            .putObject("bool")
            .putArray("filter")
            .addObject()
            .putObject("range")
            .putObject(field.name());
    // Never lte: servers round that up.
    Ticks.put(field.unit(), range, "gte", from);
    if (to < Ticks.END) {
      Ticks.put(field.unit(), range, "lt", to);
    }
    return query;
  }
}
