package io.cesync.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.DocumentScan;
import io.cesync.document.SearchClient;
import io.cesync.document.SharedRefresh;
import io.cesync.document.WriteResult;
import io.cesync.document.WriteResult.Scope;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.PartitionQuery;
import io.cesync.row.ReadFailure;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowPage;
import io.cesync.row.RowReader.Reading;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings a whole partition over: its rows are written (unless the change can only have removed
 * some), then the documents that carry its key are compared with its rows, and those without a row
 * are deleted. In pages: memory doesn't grow with the partition. Thread-safe.
 *
 * <p>Rows that the other side doesn't take are given back as keys of their own.
 */
final class PartitionApplier {

  private static final int PAGE = 500;

  private final TableTarget target;
  private final Documents documents;
  private final BulkSender sender;
  private final SearchClient client;
  private final SharedRefresh refresh;

  PartitionApplier(
      TableTarget target,
      BulkSender sender,
      SearchClient client,
      SharedRefresh refresh,
      Clock clock) {
    this.target = target;
    this.documents = new Documents(target, clock);
    this.sender = sender;
    this.client = client;
    this.refresh = refresh;
  }

  /**
   * The partition's own landing comes first, then those of rows that are not done. The stage never
   * fails.
   */
  CompletionStage<List<Landing>> apply(Pending whole) {
    Run run = new Run(whole);
    return run.start()
        .thenApply(done -> run.landings())
        .exceptionally(thrown -> List.of(new Landing(whole, failure(thrown))));
  }

  private static Outcome failure(Throwable thrown) {
    ReadFailure read = ReadFailure.of(thrown);
    return SearchClient.isOurs(thrown)
        ? new Outcome.Retry(Scope.SERVER, ReadFailure.reason(thrown))
        : new Outcome.Unread(read, ReadFailure.reason(thrown));
  }

  private final class Run {
    private final Pending whole;
    private final List<Landing> rest = new ArrayList<>();
    private Visibility visibility = Visibility.VISIBLE;

    Run(Pending whole) {
      this.whole = whole;
    }

    CompletionStage<Void> start() {
      CompletionStage<Void> rewritten =
          whole.rewrite
              ? target.scanner().partition(whole.key, PAGE).thenCompose(this::rewrite)
              : CompletableFuture.completedFuture(null);
      return rewritten
          .thenCompose(done -> refresh.refresh())
          .thenCompose(done -> scan())
          .thenCompose(this::prune);
    }

    List<Landing> landings() {
      List<Landing> all = new ArrayList<>();
      Visibility seen =
          whole.expected.isEmpty()
              ? Visibility.VISIBLE
              : visibility.or(Confirmation.withoutRows(whole.expected));
      all.add(new Landing(whole, new Outcome.Done(!whole.rewrite, false, seen)));
      all.addAll(rest);
      return all;
    }

    private CompletionStage<Void> rewrite(RowPage page) {
      List<RowKey> keys = new ArrayList<>(page.rows().size());
      List<DocumentOp> ops = new ArrayList<>(page.rows().size());
      for (RowImage row : page.rows()) {
        look(row);
        try {
          ops.add(documents.op(row, whole.leastVersion));
          keys.add(row.key());
        } catch (RuntimeException e) {
          refuse(row.key(), e);
        }
      }
      CompletionStage<Void> written = write(keys, ops);
      return page.next().isEmpty()
          ? written
          : written.thenCompose(done -> page.next().get().get().thenCompose(this::rewrite));
    }

    private CompletionStage<DocumentScan> scan() {
      try {
        ArrayNode filter = JsonNodeFactory.instance.arrayNode();
        filter.add(PartitionQuery.of(target.mapping(), whole.key));
        return CompletableFuture.completedFuture(
            new DocumentScan(
                client, target.index(), filter, OptionalInt.empty(), OptionalLong.empty(), PAGE));
      } catch (InvalidKeyException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private CompletionStage<Void> prune(DocumentScan scan) {
      return scan.next()
          .thenCompose(this::deleteWithoutRow)
          .thenCompose(
              done -> scan.hasMore() ? prune(scan) : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> deleteWithoutRow(List<DocumentScan.Hit> hits) {
      Map<RowKey, Long> versions = new HashMap<>();
      for (DocumentScan.Hit hit : hits) {
        RowKey key = keyOf(hit.id());
        if (key != null && key.partition().equals(whole.key.partition())) {
          versions.put(key, hit.version());
        }
      }
      CompletionStage<Void> all = CompletableFuture.completedFuture(null);
      for (Reading reading : target.rows().read(List.copyOf(versions.keySet()))) {
        all =
            all.thenCombine(reading.images().thenCompose(i -> delete(i, versions)), (a, b) -> null);
      }
      return all;
    }

    private CompletionStage<Void> delete(List<RowImage> images, Map<RowKey, Long> versions) {
      List<RowKey> keys = new ArrayList<>();
      List<DocumentOp> ops = new ArrayList<>();
      for (RowImage image : images) {
        if (image.present()) {
          look(image);
        } else {
          keys.add(image.key());
          long version = Math.max(whole.leastVersion, versions.get(image.key()));
          ops.add(documents.op(image, Math.max(1, version)));
        }
      }
      return write(keys, ops);
    }

    private synchronized void look(RowImage row) {
      if (!whole.expected.isEmpty()) {
        visibility = visibility.or(Confirmation.of(whole.expected, row));
      }
    }

    private synchronized void refuse(RowKey key, RuntimeException cause) {
      String reason = "the row can't be told as JSON: " + cause;
      rest.add(new Landing(rowOf(key), new Outcome.Rejected(reason, null)));
    }

    private CompletionStage<Void> write(List<RowKey> keys, List<DocumentOp> ops) {
      return sender.write(ops, target.limits()).thenAccept(results -> keep(keys, ops, results));
    }

    private synchronized void keep(
        List<RowKey> keys, List<DocumentOp> ops, List<WriteResult> results) {
      for (int i = 0; i < keys.size(); i++) {
        if (!(results.get(i) instanceof WriteResult.Applied)) {
          rest.add(
              new Landing(
                  rowOf(keys.get(i)),
                  RowApplier.outcome(results.get(i), ops.get(i), Visibility.VISIBLE)));
        }
      }
    }

    private Pending rowOf(RowKey key) {
      Pending row = new Pending(key);
      if (whole.oldestEntry != Pending.NO_ENTRY) {
        row.addEntryOf(whole.oldestEntry);
      }
      row.leastVersion = whole.leastVersion;
      return row;
    }
  }

  /** Null for a document that isn't one of ours. */
  private RowKey keyOf(String id) {
    try {
      return target.mapping().keys().ofDocumentId(id);
    } catch (InvalidKeyException e) {
      return null;
    }
  }
}
