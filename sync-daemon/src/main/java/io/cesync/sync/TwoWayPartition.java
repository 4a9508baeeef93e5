package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.merge.DocumentDecision;
import io.cesync.merge.DocumentState;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Finds the rows of a two-way table's partition that are not as their documents, which may have
 * changes of their own: each is handed over as a key of its own. Writes nothing, so that rows may
 * be on their way meanwhile.
 */
final class TwoWayPartition implements PartitionSink {

  private final TableTarget target;
  private final TwoWay twoWay;
  private final Pending whole;
  private final HandOver handOver;
  private final Executor workers;

  /**
   * @param workers make and evaluate the requests to the ledger
   */
  TwoWayPartition(TableTarget target, Pending whole, HandOver handOver, Executor workers) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
    this.whole = whole;
    this.handOver = handOver;
    this.workers = workers;
  }

  /**
   * A flight that was under way when the row had been read may have read it before, and write that
   * after the ledger was asked: that it is as its document now says nothing then. So who is flying
   * is found out between the two, and handed over in any case.
   */
  @Override
  public CompletionStage<Void> rows(List<RowImage> rows) {
    return handOver
        .flying(rows.stream().map(RowImage::key).toList())
        .thenComposeAsync(flying -> differing(rows, flying), workers)
        .thenCompose(this::give);
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

  private CompletionStage<Set<RowKey>> differing(List<RowImage> rows, Set<RowKey> flying) {
    Map<String, RowImage> byId = new HashMap<>(rows.size() * 2);
    for (RowImage row : rows) {
      if (!flying.contains(row.key())) {
        byId.put(target.mapping().keys().documentId(row.key()), row);
      }
    }
    return twoWay
        .ledger()
        .get(new ArrayList<>(byId.keySet()))
        .thenApplyAsync(
            entries -> {
              Set<RowKey> differing = new HashSet<>(flying);
              byId.forEach(
                  (id, row) -> {
                    if (differs(row, Optional.ofNullable(entries.get(id)))) {
                      differing.add(row.key());
                    }
                  });
              return differing;
            },
            workers);
  }

  /** As {@link TwoWayBringer} would decide, of a document that it doesn't read. */
  private boolean differs(RowImage row, Optional<LedgerEntry> entry) {
    if (target.mark().filter(mark -> mark.isOfElasticsearch(row)).isPresent()) {
      return false;
    }
    DocumentState unread = new DocumentState.Unread(twoWay.ledger().era());
    try {
      DocumentDecision decision = twoWay.intoDocument(row, unread, entry, whole.leastVersion);
      return !(decision instanceof DocumentDecision.Nothing);
    } catch (RuntimeException e) {
      // One bad row must not fail the whole: its own flight will tell.
      return true;
    }
  }
}
