package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the ledger know of documents that changed and whose keys are put aside: where it lacks one,
 * there are as many documents as it has though another one was deleted.
 */
final class RefusedPlaces {

  private RefusedPlaces() {}

  /**
   * Notes where a key's document was found, unless the ledger knows of that or of a later write.
   * The key may be on its way again meanwhile.
   *
   * @param now µs since 1970
   */
  static CompletionStage<Void> remember(TableTarget target, Pending pending, long now) {
    if (pending.foundAt == null || target.twoWay().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    TableLedger ledger = target.twoWay().get().ledger();
    String id = target.mapping().keys().documentId(pending.key);
    return ledger
        .revise(
            List.of(id),
            known -> {
              Optional<LedgerEntry> entry = Optional.ofNullable(known.get(id));
              return entry.filter(e -> isKnown(e.place(), pending.foundAt)).isPresent()
                  ? List.of()
                  : List.of(
                      new KnownDocument(pending, id, entry)
                          .refusedAt(pending.foundAt, pending.routing, ledger, now));
            })
        // What is noted of an entry that is still owed tells of the one before.
        .thenCompose(done -> ledger.ledger().flush());
  }

  private static boolean isKnown(Place entry, Place found) {
    return entry.era().equals(found.era()) && !entry.isBefore(found);
  }
}
