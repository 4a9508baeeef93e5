package io.cesync.sync;

import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Finds the rows of a two-way table's partition that are not as their documents, which may have
 * changes of their own: each is handed over as a key of its own. Writes nothing, so that rows may
 * be on their way meanwhile.
 */
final class TwoWayPartition implements PartitionSink {

  private final Pending whole;
  private final HandOver handOver;
  private final Function<List<RowImage>, CompletionStage<Set<RowKey>>> differing;
  private final Executor workers;

  /**
   * @param differing finds the rows that are not as their documents were after the call
   * @param workers call it
   */
  TwoWayPartition(
      Pending whole,
      HandOver handOver,
      Function<List<RowImage>, CompletionStage<Set<RowKey>>> differing,
      Executor workers) {
    this.whole = whole;
    this.handOver = handOver;
    this.differing = differing;
    this.workers = workers;
  }

  /**
   * A row that is on its way may have been read before this look read it, and be written after this
   * look compares it: that it is as its document then says nothing. So who is on the way is asked
   * between the two, and handed over in any case.
   */
  @Override
  public CompletionStage<Void> rows(List<RowImage> rows) {
    return handOver
        .flying(rows.stream().map(RowImage::key).toList())
        .thenComposeAsync(flying -> withDiffering(flying, rows), workers)
        .thenCompose(this::give);
  }

  private CompletionStage<Set<RowKey>> withDiffering(Set<RowKey> flying, List<RowImage> rows) {
    List<RowImage> others = rows.stream().filter(row -> !flying.contains(row.key())).toList();
    return differing
        .apply(others)
        .thenApply(
            found -> {
              Set<RowKey> both = new HashSet<>(flying);
              both.addAll(found);
              return both;
            });
  }

  @Override
  public CompletionStage<Void> gone(List<RowImage> absent, Map<RowKey, Long> versions) {
    return give(absent.stream().map(RowImage::key).toList());
  }

  @Override
  public List<Landing> landings(Visibility visibility) {
    return List.of(new Landing(whole, new Outcome.Done(!whole.rewrite, true, visibility)));
  }

  private CompletionStage<Void> give(Collection<RowKey> keys) {
    return handOver.give(keys.stream().map(key -> PartitionPass.rowOf(whole, key)).toList());
  }
}
