package io.cesync.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.document.DocumentOp;
import io.cesync.document.DocumentScan;
import io.cesync.document.WriteResult;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.PartitionQuery;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowPage;
import io.cesync.row.RowReader.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One look at a whole partition. Its rows are read, and written unless the change can only have
 * removed some; then the documents that carry its key are searched, and those without a row are
 * deleted. In pages: of a large partition not even the keys are kept.
 */
final class PartitionPass {

  private static final int PAGE = 200;

  /** Of a partition with more rows, each document's row is read by itself. */
  static final int MOST_KEYS = 5_000;

  /** Of a partition with more pages, it is not remembered what was written. */
  private static final int MOST_PAGES = 100;

  private final PartitionApplier applier;
  private final TableTarget target;
  private final Documents documents;
  private final Pending whole;
  private final List<Landing> rest = new ArrayList<>();
  private final List<byte[]> pages = new ArrayList<>();

  /** The rows that were read; null once they are too many. */
  private Set<RowKey> keys = new HashSet<>();

  private Visibility visibility;
  private boolean wrote;

  /**
   * @param seesAll whether a search finds all documents
   */
  PartitionPass(PartitionApplier applier, Pending whole, boolean seesAll) {
    this.applier = applier;
    this.target = applier.target();
    this.documents = new Documents(target, applier.clock());
    this.whole = whole;
    visibility = seesAll ? Visibility.VISIBLE : Visibility.CANNOT_TELL;
  }

  CompletionStage<Void> start() {
    CompletionStage<Void> read =
        target.scanner().partition(whole.key, PAGE).thenCompose(this::take);
    return whole.prune ? read.thenCompose(done -> prune()) : read;
  }

  List<Landing> landings() {
    whole.pages = pages.size() <= MOST_PAGES ? pages : List.of();
    Visibility seen = visibility.or(Confirmation.withoutRows(whole.expected));
    List<Landing> all = new ArrayList<>();
    all.add(new Landing(whole, new Outcome.Done(!whole.rewrite, !wrote, seen)));
    all.addAll(rest);
    return all;
  }

  private CompletionStage<Void> take(RowPage page) {
    page.rows().forEach(this::look);
    remember(page.rows());
    CompletionStage<Void> taken = CompletableFuture.completedFuture(null);
    if (whole.rewrite && target.twoWay().isPresent()) {
      page.rows().forEach(row -> lookByItself(row.key()));
    } else if (whole.rewrite) {
      taken = rewrite(page.rows());
    }
    return page.next().isEmpty()
        ? taken
        : taken.thenCompose(done -> page.next().get().apply(PAGE).thenCompose(this::take));
  }

  private void remember(List<RowImage> rows) {
    if (keys == null) {
      return;
    }
    rows.forEach(row -> keys.add(row.key()));
    if (keys.size() > MOST_KEYS) {
      keys = null;
    }
  }

  /** A page that is as the last look wrote it is not written again. */
  private CompletionStage<Void> rewrite(List<RowImage> rows) {
    List<RowKey> written = new ArrayList<>(rows.size());
    List<DocumentOp> ops = new ArrayList<>(rows.size());
    for (RowImage row : rows) {
      try {
        ops.add(documents.op(row, whole.leastVersion));
        written.add(row.key());
      } catch (RuntimeException e) {
        refuse(row.key(), e);
      }
    }
    byte[] digest = Digests.of(ops);
    int page = pages.size();
    if (page <= MOST_PAGES) {
      pages.add(digest);
    }
    boolean known = page < whole.pages.size() && Arrays.equals(digest, whole.pages.get(page));
    return known ? CompletableFuture.completedFuture(null) : write(written, ops);
  }

  private CompletionStage<Void> prune() {
    try {
      ArrayNode filter = JsonNodeFactory.instance.arrayNode();
      filter.add(PartitionQuery.of(target.mapping(), whole.key));
      return prune(
          DocumentScan.of(
              applier.client(),
              target.index(),
              filter,
              OptionalInt.empty(),
              OptionalLong.empty(),
              PAGE));
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
      if (key != null
          && key.partition().equals(whole.key.partition())
          && (keys == null || !keys.contains(key))) {
        versions.put(key, hit.version());
      }
    }
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Reading reading : target.rows().read(List.copyOf(versions.keySet()))) {
      all = all.thenCombine(reading.images().thenCompose(i -> delete(i, versions)), (a, b) -> null);
    }
    return all;
  }

  /** Null for a document that isn't one of ours. */
  private RowKey keyOf(String id) {
    try {
      return target.mapping().keys().ofDocumentId(id);
    } catch (InvalidKeyException e) {
      return null;
    }
  }

  private CompletionStage<Void> delete(List<RowImage> images, Map<RowKey, Long> versions) {
    List<RowKey> gone = new ArrayList<>();
    List<DocumentOp> ops = new ArrayList<>();
    for (RowImage image : images) {
      if (image.present()) {
        look(image);
      } else if (target.twoWay().isPresent()) {
        lookByItself(image.key());
      } else {
        gone.add(image.key());
        long version = Math.max(whole.leastVersion, versions.get(image.key()));
        ops.add(documents.op(image, Math.max(1, version)));
      }
    }
    return write(gone, ops);
  }

  private synchronized void look(RowImage row) {
    if (!whole.expected.isEmpty()) {
      visibility = visibility.or(Confirmation.of(whole.expected, row));
    }
  }

  /** Its document may have changes of its own. */
  private synchronized void lookByItself(RowKey key) {
    rest.add(new Landing(rowOf(key), new Outcome.Again(Outcome.Again.Why.DOCUMENT_UNKNOWN)));
  }

  private synchronized void refuse(RowKey key, RuntimeException cause) {
    String reason = "the row can't be told as JSON: " + cause;
    rest.add(new Landing(rowOf(key), Outcome.Rejected.row(reason, null)));
  }

  private CompletionStage<Void> write(List<RowKey> rows, List<DocumentOp> ops) {
    if (ops.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return applier
        .sender()
        .write(ops, target.limits())
        .thenAccept(results -> keep(rows, ops, results));
  }

  private synchronized void keep(
      List<RowKey> rows, List<DocumentOp> ops, List<WriteResult> results) {
    wrote = true;
    for (int i = 0; i < rows.size(); i++) {
      if (!(results.get(i) instanceof WriteResult.Applied)) {
        rest.add(
            new Landing(
                rowOf(rows.get(i)),
                OneWayBringer.outcome(results.get(i), ops.get(i), Visibility.VISIBLE)));
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
