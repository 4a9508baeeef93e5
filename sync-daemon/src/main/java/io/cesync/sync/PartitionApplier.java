package io.cesync.sync;

import io.cesync.document.SearchClient;
import io.cesync.row.ReadFailure;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings whole partitions over, each by a {@link PartitionPass}. Thread-safe.
 *
 * @param pages counts those that were looked at
 */
record PartitionApplier(TableTarget target, Shared shared, HandOver handOver, AtomicLong pages) {

  /**
   * The partition's own landing comes first, then those of rows that are not done: rows that the
   * other side doesn't take are given back as keys of their own. The stage never fails.
   *
   * @param seesAll whether the index was refreshed; else documents that were written in the last
   *     moments may be missed, and the partition is to be looked at again
   */
  CompletionStage<List<Landing>> apply(Pending whole, boolean seesAll) {
    PartitionPass pass =
        new PartitionPass(target, shared.client(), whole, seesAll, sink(whole), pages);
    return pass.start()
        .thenApply(done -> pass.landings())
        .exceptionally(thrown -> List.of(new Landing(whole, failure(thrown))));
  }

  private PartitionSink sink(Pending whole) {
    if (target.twoWay().isEmpty()) {
      return new OneWayPartition(target, whole, shared.sender(), shared.clock());
    }
    LedgerComparison ledger = new LedgerComparison(target, target.twoWay().get(), shared.workers());
    return new TwoWayPartition(
        whole, handOver, rows -> ledger.differing(rows, whole.leastVersion), shared.workers());
  }

  static Outcome failure(Throwable thrown) {
    return SearchClient.isOurs(thrown)
        ? new Outcome.Retry(SearchClient.scope(thrown), ReadFailure.reason(thrown))
        : new Outcome.Unread(ReadFailure.of(thrown), ReadFailure.reason(thrown));
  }
}
