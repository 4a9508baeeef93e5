package io.cesync.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.document.DocumentScan;
import io.cesync.document.SearchClient;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.PartitionQuery;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowPage;
import io.cesync.row.RowReader.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One look at a whole partition. Its rows are read, and given to a {@link PartitionSink} unless the
 * change can only have removed some; then the documents that carry its key are searched, and those
 * without a row given to it. In pages: of a large partition not even the keys are kept.
 */
final class PartitionPass {

  private static final int PAGE = 200;

  /** Of a partition with more rows, each document's row is read by itself. */
  static final int MOST_KEYS = 5_000;

  private final TableTarget target;
  private final SearchClient client;
  private final Pending whole;
  private final PartitionSink sink;
  private final AtomicLong pages;

  /** The rows that were read; null once they are too many. */
  private Set<RowKey> keys = new HashSet<>();

  private Visibility visibility;

  /**
   * @param seesAll whether a search finds all documents
   * @param pages counts those that it looked at, of rows and of documents
   */
  PartitionPass(
      TableTarget target,
      SearchClient client,
      Pending whole,
      boolean seesAll,
      PartitionSink sink,
      AtomicLong pages) {
    this.target = target;
    this.client = client;
    this.whole = whole;
    this.sink = sink;
    this.pages = pages;
    visibility = seesAll ? Visibility.VISIBLE : Visibility.CANNOT_TELL;
  }

  CompletionStage<Void> start() {
    CompletionStage<Void> read =
        target.scanner().partition(whole.key, PAGE).thenCompose(this::take);
    return whole.prune ? read.thenCompose(done -> prune()) : read;
  }

  /** Once that has ended: the partition's own landing, then those of rows that are not done. */
  List<Landing> landings() {
    return sink.landings(visibility.or(Confirmation.withoutRows(whole.expected)));
  }

  private CompletionStage<Void> take(RowPage page) {
    pages.incrementAndGet();
    page.rows().forEach(this::look);
    remember(page.rows());
    CompletionStage<Void> taken =
        whole.rewrite ? sink.rows(page.rows()) : CompletableFuture.completedFuture(null);
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

  private CompletionStage<Void> prune() {
    try {
      ArrayNode filter = JsonNodeFactory.instance.arrayNode();
      filter.add(PartitionQuery.of(target.mapping(), whole.key));
      return prune(
          DocumentScan.of(
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
    pages.incrementAndGet();
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
      all = all.thenCombine(reading.images().thenCompose(i -> gone(i, versions)), (a, b) -> null);
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

  private CompletionStage<Void> gone(List<RowImage> images, Map<RowKey, Long> versions) {
    images.stream().filter(RowImage::present).forEach(this::look);
    return sink.gone(images.stream().filter(image -> !image.present()).toList(), versions);
  }

  private synchronized void look(RowImage row) {
    if (!whole.expected.isEmpty()) {
      visibility = visibility.or(Confirmation.of(whole.expected, row));
    }
  }

  /**
   * A row of a whole partition as a key of its own: the partition's entries wait for it, too, but
   * how late it is counts from those that no look has brought over yet.
   */
  static Pending rowOf(Pending whole, RowKey key) {
    Pending row = new Pending(key);
    if (whole.oldestEntry != Pending.NO_ENTRY) {
      row.addEntryOf(whole.oldestEntry);
    }
    row.oldestUnbrought = whole.oldestUnbrought;
    row.leastVersion = whole.leastVersion;
    return row;
  }
}
