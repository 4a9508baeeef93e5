package io.cesync.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.document.DocumentScan;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowPage;
import io.cesync.settings.TableSettings;
import io.cesync.snapshot.ExpiryLog;
import io.cesync.snapshot.TokenSplit;
import io.cesync.verify.Difference.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares one table with its index: all rows with their documents, token range by token range;
 * then of all documents, whether they have a row. Waits for the servers.
 */
final class TableVerifier {

  private static final int PAGE = 1_000;

  private final SearchClient client;
  private final TableSettings table;
  private final TableMapping mapping;
  private final Sides sides;
  private final Comparison comparison;
  private final Suspects suspects;
  private final Executor workers;
  private final AtomicLong rows = new AtomicLong();
  private final List<Difference> foreign = new ArrayList<>();
  private long documents;

  TableVerifier(
      SearchClient client,
      TableSettings table,
      TableMapping mapping,
      Sides sides,
      Executor workers) {
    this.client = client;
    this.table = table;
    this.mapping = mapping;
    this.sides = sides;
    this.workers = workers;
    comparison = new Comparison(mapping, table);
    suspects = new Suspects(sides, comparison);
  }

  /**
   * Compares all.
   *
   * @param waitMillis before each of the looks at what differs
   * @param letters keys, as the log tells them, that were put aside
   * @param repair has the daemon look at what differs, which is then looked at once more
   * @param step told of each of {@link TokenSplit#PARTS} ranges
   */
  TableResult verify(
      List<Long> waitMillis, Set<String> letters, Optional<ExpiryLog> repair, Runnable step)
      throws IOException, InterruptedException {
    List<CompletableFuture<Void>> ranges = new ArrayList<>();
    for (int i = 0; i < TokenSplit.PARTS; i++) {
      TokenSplit range = TokenSplit.of(i, TokenSplit.PARTS);
      ranges.add(CompletableFuture.runAsync(() -> rowsOf(range), workers).thenRun(step));
    }
    CompletableFuture.allOf(ranges.toArray(CompletableFuture[]::new)).join();
    for (Map.Entry<Integer, Long> shard :
        new Indices(client).sequenceNumbers(table.index()).entrySet()) {
      documentsOf(shard.getKey(), shard.getValue());
    }
    Suspects.Settled settled = suspects.settle(waitMillis);
    int before = settled.differences().size();
    if (repair.isPresent() && before > 0) {
      settled = repair(settled.differences().keySet(), repair.get()).settle(waitMillis);
    }
    int repaired =
        repair.isEmpty()
            ? 0
            : Math.max(0, before - settled.differences().size() - settled.moving());
    List<Difference> all = new ArrayList<>(foreign);
    settled
        .differences()
        .forEach((key, found) -> all.add(found.ofDeadLetter(letters.contains(key.json()))));
    return new TableResult(
        table.table().toString(),
        rows.get(),
        documents,
        all,
        settled.moving(),
        repaired,
        !suspects.isFull());
  }

  /** An entry of the log leads to reading row and document anew, as for any change. */
  private Suspects repair(Set<RowKey> keys, ExpiryLog log) {
    Suspects again = new Suspects(sides, comparison);
    for (RowKey key : keys) {
      Sides.join(log.write(key, 0));
      again.add(key);
    }
    return again;
  }

  private void rowsOf(TokenSplit range) {
    if (suspects.isFull()) {
      return;
    }
    RowPage page = Sides.join(sides.scanner().tokens(range.after(), range.to(), PAGE));
    compare(page);
    while (page.next().isPresent() && !suspects.isFull()) {
      page = Sides.join(page.next().get().apply(PAGE));
      compare(page);
    }
  }

  private void compare(RowPage page) {
    List<RowKey> keys = page.rows().stream().map(RowImage::key).toList();
    if (keys.isEmpty()) {
      return;
    }
    List<byte[]> found = sides.documents(keys);
    for (int i = 0; i < found.size(); i++) {
      RowKey key = keys.get(i);
      if (comparison
          .compare(sides.id(key), page.rows().get(i).document(), found.get(i))
          .isPresent()) {
        suspects.add(key);
      }
    }
    rows.addAndGet(keys.size());
  }

  /** Those that are written later have changed while we looked; the next time will see them. */
  private void documentsOf(int shard, long upTo) {
    if (upTo < 0) {
      return;
    }
    Sides.join(new Indices(client).refresh(table.index()));
    DocumentScan scan =
        DocumentScan.of(
            client,
            table.index(),
            JsonNodeFactory.instance.arrayNode(),
            OptionalInt.of(shard),
            OptionalLong.of(upTo),
            PAGE);
    while (scan.hasMore() && !suspects.isFull()) {
      List<RowKey> keys = new ArrayList<>();
      for (DocumentScan.Hit hit : Sides.join(scan.next())) {
        documents++;
        try {
          keys.add(mapping.keys().ofDocumentId(hit.id()));
        } catch (InvalidKeyException e) {
          foreign(hit.id(), e);
        }
      }
      Map<RowKey, byte[]> there = sides.rows(keys);
      keys.stream().filter(key -> !there.containsKey(key)).forEach(suspects::add);
    }
  }

  private void foreign(String id, InvalidKeyException reason) {
    if (foreign.size() < Suspects.MOST) {
      foreign.add(
          comparison.difference(
              id, Kind.TOO_MANY, "its id is no key: " + reason.getMessage(), null, null));
    }
  }
}
