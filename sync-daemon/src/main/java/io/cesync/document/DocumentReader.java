package io.cesync.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentAnswer.Item;
import io.cesync.document.WriteResult.Scope;
import io.cesync.snapshot.PageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads documents by their ids, as they are now: also what no search finds yet. Thread-safe.
 *
 * <p>If a request fails, so does the stage; see {@link SearchClient#isOurs}.
 */
public final class DocumentReader {

  /**
   * What to read.
   *
   * @param routing null if the document has none of its own
   */
  public record Wanted(String id, String routing) {}

  /** What there is of one. */
  public sealed interface Look {}

  /** The document is there. */
  public record Found(StoredDocument document) implements Look {}

  /** There is no such document. */
  public record Missing() implements Look {}

  /**
   * It can't be told now.
   *
   * @param scope what has to recover first
   */
  public record Unknown(Scope scope, String reason) implements Look {}

  /** The server will never tell: the index requires a routing, say, or keeps no sources. */
  public record Unreadable(String reason) implements Look {}

  private static final int MOST = 1000;

  private final SearchClient client;
  private final String index;
  private final Dialect dialect;
  private final PageSize size = new PageSize(MOST);

  public DocumentReader(SearchClient client, String index, ServerVersion server) {
    this(client, index, new Dialect(server));
  }

  DocumentReader(SearchClient client, String index, Dialect dialect) {
    this.client = client;
    this.index = index;
    this.dialect = dialect;
  }

  /**
   * When a document was changed last, in µs since 1970, where the server has that beside the
   * document and not in it.
   */
  public OptionalLong timestamp(StoredDocument document) {
    return dialect.timestamp(document);
  }

  /** Reads all, in parts if they are many or large; the looks come in the order asked for. */
  public CompletionStage<List<Look>> read(List<Wanted> documents) {
    return parts(documents, true);
  }

  /** The same without the sources. */
  CompletionStage<List<Look>> readNumbers(List<Wanted> documents) {
    return parts(documents, false);
  }

  private CompletionStage<List<Look>> parts(List<Wanted> documents, boolean source) {
    List<Look> looks = new ArrayList<>(documents.size());
    return AsyncLoop.whileTrue(() -> part(documents, source, looks)).thenApply(done -> looks);
  }

  private CompletionStage<Boolean> part(List<Wanted> documents, boolean source, List<Look> looks) {
    int from = looks.size();
    if (from == documents.size()) {
      return CompletableFuture.completedFuture(false);
    }
    int to = Math.min(documents.size(), from + (source ? size() : MOST));
    return get(documents.subList(from, to), source)
        .whenComplete((answer, failure) -> note(source, answer, failure))
        .thenApply(
            answer -> {
              if (answer.items().size() != to - from) {
                throw new IllegalStateException(
                    (to - from) + " documents were asked for, " + answer.items().size() + " came");
              }
              answer.items().forEach(item -> looks.add(look(item, source)));
              return true;
            });
  }

  private CompletionStage<DocumentAnswer> get(List<Wanted> documents, boolean source) {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    ArrayNode docs = body.putArray("docs");
    for (Wanted wanted : documents) {
      ObjectNode doc = docs.addObject();
      client.dialect().place(index, wanted.id(), doc);
      if (wanted.routing() != null) {
        doc.put("routing", wanted.routing());
      }
    }
    // No filter_path: the server would write the sources anew for it, and numbers lose digits.
    return client.documents("POST", "/" + index + "/_mget" + dialect.get(source), body);
  }

  private static Look look(Item item, boolean source) {
    if (!item.error().isMissingNode()) {
      return Failures.ofRead(item.error());
    } else if (!item.found()) {
      return new Missing();
    } else if (source && item.document().source() == null) {
      return new Unreadable("the index doesn't keep the documents' _source");
    }
    return new Found(item.document());
  }

  private synchronized int size() {
    return size.rows();
  }

  private synchronized void note(boolean source, DocumentAnswer answer, Throwable failure) {
    if (failure != null) {
      size.refused();
    } else if (source) {
      size.saw(answer.items().size(), answer.sourceBytes());
    }
  }
}
