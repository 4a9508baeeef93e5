package io.cesync.sync;

import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.WriteResult;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes the documents of a one-way table's partition what its rows are: Cassandra is the authority.
 * No row of the partition may be on its way meanwhile.
 */
final class OneWayPartition implements PartitionSink {

  /** Of a partition with more pages, it is not remembered what was written. */
  private static final int MOST_PAGES = 100;

  private final TableTarget target;
  private final Documents documents;
  private final BulkSender sender;
  private final Pending whole;
  private final List<Landing> rest = new ArrayList<>();
  private final List<byte[]> pages = new ArrayList<>();
  private boolean wrote;

  OneWayPartition(TableTarget target, Pending whole, BulkSender sender, Clock clock) {
    this.target = target;
    this.documents = new Documents(target, clock);
    this.sender = sender;
    this.whole = whole;
  }

  /** A page that is as the last look wrote it is not written again. */
  @Override
  public CompletionStage<Void> rows(List<RowImage> rows) {
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

  @Override
  public CompletionStage<Void> gone(List<RowImage> absent, Map<RowKey, Long> versions) {
    List<RowKey> gone = new ArrayList<>(absent.size());
    List<DocumentOp> ops = new ArrayList<>(absent.size());
    for (RowImage image : absent) {
      gone.add(image.key());
      long version = Math.max(whole.leastVersion, versions.get(image.key()));
      ops.add(documents.op(image, Math.max(1, version)));
    }
    return write(gone, ops);
  }

  @Override
  public synchronized List<Landing> landings(Visibility visibility) {
    whole.pages = pages.size() <= MOST_PAGES ? pages : List.of();
    List<Landing> all = new ArrayList<>(1 + rest.size());
    all.add(new Landing(whole, new Outcome.Done(!whole.rewrite, !wrote, visibility)));
    all.addAll(rest);
    return all;
  }

  private synchronized void refuse(RowKey key, RuntimeException cause) {
    String reason = "the row can't be told as JSON: " + cause;
    rest.add(new Landing(PartitionPass.rowOf(whole, key), Outcome.Rejected.row(reason, null)));
  }

  private CompletionStage<Void> write(List<RowKey> rows, List<DocumentOp> ops) {
    if (ops.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return target.write(sender, ops).thenAccept(results -> keep(rows, ops, results));
  }

  private synchronized void keep(
      List<RowKey> rows, List<DocumentOp> ops, List<WriteResult> results) {
    wrote = true;
    for (int i = 0; i < rows.size(); i++) {
      if (!(results.get(i) instanceof WriteResult.Applied)) {
        rest.add(
            new Landing(
                PartitionPass.rowOf(whole, rows.get(i)),
                OneWayBringer.outcome(results.get(i), ops.get(i), Visibility.VISIBLE)));
      }
    }
  }
}
