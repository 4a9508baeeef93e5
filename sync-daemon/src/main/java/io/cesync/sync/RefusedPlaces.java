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
   * Notes where a key's document was found, or was as the row got its changes last, and these,
   * unless the ledger knows of that or of a later write. The key may be on its way again meanwhile.
   *
   * @param now µs since 1970
   */
  static CompletionStage<Void> remember(TableTarget target, Pending pending, long now) {
    Optional<Seen> seen = target.twoWay().flatMap(twoWay -> seen(pending, twoWay.ledger().era()));
    if (seen.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    TableLedger ledger = target.twoWay().orElseThrow().ledger();
    String id = target.mapping().keys().documentId(pending.key);
    return ledger
        .revise(List.of(id), known -> revised(pending, id, known.get(id), seen.get(), ledger, now))
        // What is noted of an entry that is still owed tells of the one before.
        .thenCompose(done -> ledger.ledger().flush());
  }

  private record Seen(Place place, String routing) {}

  /** A key that no search found may have been read, too. */
  private static Optional<Seen> seen(Pending pending, String era) {
    LedgerEntry carried = pending.carries.last();
    boolean isCarriedLast =
        carried != null
            && carried.place().era().equals(era)
            && (pending.foundAt == null || pending.foundAt.isBefore(carried.place()));
    return isCarriedLast
        ? Optional.of(new Seen(carried.place(), carried.routing()))
        : Optional.ofNullable(pending.foundAt).map(found -> new Seen(found, pending.routing));
  }

  private static List<LedgerEntry> revised(
      Pending pending, String id, LedgerEntry known, Seen seen, TableLedger ledger, long now) {
    Optional<LedgerEntry> entry = Optional.ofNullable(known);
    return entry.filter(e -> isKnown(e.place(), seen.place())).isPresent()
            && pending.carries.lastLanded(entry, seen.place()).isEmpty()
        ? List.of()
        : List.of(
            new KnownDocument(pending, id, entry)
                .refusedAt(seen.place(), seen.routing(), ledger, now));
  }

  private static boolean isKnown(Place entry, Place found) {
    return entry.era().equals(found.era()) && !entry.isBefore(found);
  }
}
