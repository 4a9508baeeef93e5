package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.merge.DocumentDecision;
import io.cesync.merge.DocumentState;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Tells rows from their documents, as the ledger has these. Thread-safe.
 *
 * @param workers evaluate what the ledger says
 */
record LedgerComparison(TableTarget target, TwoWay twoWay, Executor workers) {

  /**
   * The keys of those rows that {@link TwoWayBringer} would have something to do for, without
   * reading their documents. Asks the ledger after the call.
   *
   * @param leastVersion of the documents
   */
  CompletionStage<Set<RowKey>> differing(List<RowImage> rows, long leastVersion) {
    Map<String, RowImage> byId = new HashMap<>(rows.size() * 2);
    rows.forEach(row -> byId.put(target.mapping().keys().documentId(row.key()), row));
    return twoWay
        .ledger()
        .get(byId.keySet())
        .thenApplyAsync(entries -> differing(byId, entries, leastVersion), workers);
  }

  private Set<RowKey> differing(
      Map<String, RowImage> byId, Map<String, LedgerEntry> entries, long leastVersion) {
    Set<RowKey> differing = new HashSet<>();
    byId.forEach(
        (id, row) -> {
          if (differs(row, Optional.ofNullable(entries.get(id)), leastVersion)) {
            differing.add(row.key());
          }
        });
    return differing;
  }

  private boolean differs(RowImage row, Optional<LedgerEntry> entry, long leastVersion) {
    if (target.mark().filter(mark -> mark.isOfElasticsearch(row)).isPresent()) {
      return false;
    }
    DocumentState unread = new DocumentState.Unread(twoWay.ledger().era());
    try {
      DocumentDecision decision = twoWay.intoDocument(row, unread, entry, leastVersion);
      return !(decision instanceof DocumentDecision.Nothing);
    } catch (RuntimeException e) {
      // One bad row must not fail the whole partition: its own flight will tell.
      return true;
    }
  }
}
