package io.cesync.document;

import io.cesync.document.WriteResult.Conflict;
import io.cesync.document.WriteResult.Rejected;
import io.cesync.document.WriteResult.Retry;
import io.cesync.document.WriteResult.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.elasticsearch.client.Response;

/**
 * Writes documents in bulks, of all tables together, with a few bulks in flight. When the server is
 * idle what there is goes at once; when it is busy bulks fill up meanwhile. A server that is
 * overloaded gets fewer and smaller ones. Thread-safe.
 *
 * <p>Operations on one document must not be in flight together: the order of bulks isn't kept.
 */
public final class BulkSender {

  private record Slot(
      DocumentOp op, Group group, int position, BulkLimits limits, LongConsumer nanos) {}

  private static final class Group {
    final WriteResult[] results;
    final AtomicInteger missing;
    final CompletableFuture<List<WriteResult>> done = new CompletableFuture<>();

    Group(int size) {
      results = new WriteResult[size];
      missing = new AtomicInteger(size);
    }

    void set(int position, WriteResult result) {
      results[position] = result;
      if (missing.decrementAndGet() == 0) {
        done.complete(Arrays.asList(results));
      }
    }
  }

  private final SearchClient client;
  private final BulkPace pace;
  private final Deque<Slot> queue = new ArrayDeque<>();
  private long queuedBytes;
  private int inFlight;

  public BulkSender(SearchClient client, BulkLimits limits) {
    this.client = client;
    this.pace = new BulkPace(limits);
  }

  /**
   * Writes all; the results come in the order of the operations. The stage never fails.
   *
   * @param limits for a bulk that has one of these, if they are tighter than the sender's own
   */
  public CompletionStage<List<WriteResult>> write(List<DocumentOp> ops, BulkLimits limits) {
    return write(ops, limits, nanos -> {});
  }

  /**
   * The same.
   *
   * @param nanos told how long each request took that had some of these; called from any thread
   */
  public CompletionStage<List<WriteResult>> write(
      List<DocumentOp> ops, BulkLimits limits, LongConsumer nanos) {
    if (ops.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Group group = new Group(ops.size());
    List<Slot> slots = new ArrayList<>(ops.size());
    for (int i = 0; i < ops.size(); i++) {
      Slot slot = new Slot(ops.get(i), group, i, limits, nanos);
      if (BulkRequest.isIdTooLong(slot.op.id())) {
        group.set(i, ofLongId(slot.op));
      } else {
        slots.add(slot);
      }
    }
    synchronized (this) {
      for (Slot slot : slots) {
        queue.addLast(slot);
        queuedBytes += slot.op.size();
      }
    }
    pump();
    return group.done;
  }

  /** Bytes of documents that wait to be sent. */
  public synchronized long queuedBytes() {
    return queuedBytes;
  }

  private void pump() {
    for (List<Slot> bulk = next(); !bulk.isEmpty(); bulk = next()) {
      send(bulk);
    }
  }

  private synchronized List<Slot> next() {
    boolean full = queue.size() >= pace.documents() || queuedBytes >= pace.bytes();
    if (queue.isEmpty() || inFlight >= pace.inFlight() || (inFlight > 0 && !full)) {
      return new ArrayList<>(0);
    }
    List<Slot> bulk = new ArrayList<>();
    long bytes = 0;
    int mostDocuments = pace.documents();
    long mostBytes = pace.bytes();
    for (Slot slot = queue.peekFirst(); slot != null; slot = queue.peekFirst()) {
      mostDocuments = Math.min(mostDocuments, slot.limits.maxDocuments());
      mostBytes = Math.min(mostBytes, slot.limits.maxBytes());
      if (!bulk.isEmpty() && (bulk.size() >= mostDocuments || bytes + slot.op.size() > mostBytes)) {
        break;
      }
      bytes += slot.op.size();
      bulk.add(queue.removeFirst());
    }
    queuedBytes -= bytes;
    inFlight++;
    return bulk;
  }

  private void send(List<Slot> bulk) {
    List<DocumentOp> ops = bulk.stream().map(Slot::op).toList();
    CompletionStage<Response> answer;
    long started = System.nanoTime();
    try {
      answer = client.send(BulkRequest.of(ops, client.dialect()));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    answer
        .thenApply(response -> BulkRequest.results(response.getEntity(), ops, client.dialect()))
        .whenComplete(
            (results, failure) -> {
              tell(bulk, System.nanoTime() - started);
              landed(bulk, results, failure);
            });
  }

  private static void tell(List<Slot> bulk, long nanos) {
    Set<LongConsumer> told = Collections.newSetFromMap(new IdentityHashMap<>());
    bulk.stream().map(Slot::nanos).filter(told::add).forEach(each -> each.accept(nanos));
  }

  private void landed(List<Slot> bulk, List<WriteResult> results, Throwable failure) {
    if (failure == null) {
      noteOverload(results);
    } else if (SearchClient.status(failure) == 429) {
      synchronized (this) {
        pace.overloaded();
      }
    }
    if (failure != null && bulk.size() > 1 && isOverOneOf(failure)) {
      split(bulk);
    } else {
      synchronized (this) {
        inFlight--;
      }
      for (int i = 0; i < bulk.size(); i++) {
        Slot slot = bulk.get(i);
        slot.group.set(slot.position, failure == null ? results.get(i) : ofFailure(slot, failure));
      }
    }
    pump();
  }

  private synchronized void noteOverload(List<WriteResult> results) {
    if (results.stream().anyMatch(r -> r instanceof Retry retry && retry.scope() == Scope.SERVER)) {
      pace.overloaded();
    } else {
      pace.succeeded();
    }
  }

  /** A bulk fails as a whole for its size, or for one item that the server can't even read. */
  private static boolean isOverOneOf(Throwable failure) {
    int status = SearchClient.status(failure);
    return status == 413 || status == 400;
  }

  private void split(List<Slot> bulk) {
    int half = bulk.size() / 2;
    synchronized (this) {
      inFlight++;
    }
    send(bulk.subList(0, half));
    send(bulk.subList(half, bulk.size()));
  }

  private static WriteResult ofLongId(DocumentOp op) {
    // No such document can be there.
    if (op instanceof DocumentOp.Delete) {
      return WriteResult.APPLIED;
    } else if (op instanceof DocumentOp.DeleteUnchanged) {
      return new Conflict(OptionalLong.empty());
    }
    return new Rejected(
        "the document's _id would be longer than "
            + BulkRequest.MOST_ID_BYTES
            + " bytes, which the server does not take");
  }

  private static WriteResult ofFailure(Slot slot, Throwable failure) {
    int status = SearchClient.status(failure);
    if (status == 413) {
      return new Rejected(
          "the document of " + slot.op.size() + " bytes is larger than the server takes (413)");
    }
    if (status == 400) {
      return new Rejected(SearchClient.message(failure));
    }
    return new Retry(Scope.SERVER, SearchClient.message(failure), status == 0 || status == 504);
  }
}
