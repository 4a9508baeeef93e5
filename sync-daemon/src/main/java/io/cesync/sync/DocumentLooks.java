package io.cesync.sync;

import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Unknown;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.SearchClient;
import io.cesync.document.StoredDocument;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks at documents of a two-way table, where the ledger doesn't tell enough. Thread-safe. */
final class DocumentLooks {

  private final TwoWay twoWay;
  private final DocumentStates states;

  DocumentLooks(TwoWay twoWay, DocumentStates states) {
    this.twoWay = twoWay;
    this.states = states;
  }

  /** Whether a key's document has to be looked at. */
  boolean isNeeded(Pending pending, Optional<LedgerEntry> entry) {
    return pending.readsDocument
        || twoWay.readsFirst()
        || !pending.attempts.isEmpty()
        || (pending.foundAt != null
            && !isKnown(pending.foundAt, entry)
            && !states.isCarried(pending, entry.isPresent()));
  }

  /**
   * Whether the ledger has come to know a write of a document since a search found it: that was
   * cesync's own, or one that cesync's own came after, which it never does without having seen it.
   */
  private boolean isKnown(Place found, Optional<LedgerEntry> entry) {
    return entry
        .map(LedgerEntry::place)
        .filter(place -> place.era().equals(found.era()) && place.shard() != Place.UNKNOWN_SHARD)
        .filter(
            place ->
                place.isSameWrite(found)
                    // Versions, which other servers have instead of numbers, may begin anew.
                    || (twoWay.ledger().seesDeletes() && found.isBefore(place)))
        .isPresent();
  }

  /** As a search found them, or as they are now. */
  CompletionStage<Map<TwoWayCase, Look>> at(List<TwoWayCase> cases) {
    Map<TwoWayCase, Look> looks = new HashMap<>(cases.size() * 2);
    List<TwoWayCase> reading = new ArrayList<>();
    for (TwoWayCase each : cases) {
      if (isStillFound(each)) {
        looks.put(each, new Found(each.pending.found));
      } else {
        reading.add(each);
      }
    }
    return read(reading, looks);
  }

  /**
   * Whether a document is still as a search found it, as far as cesync is concerned: what the
   * application has written since is found next time, and a write that doesn't know of it is
   * refused.
   */
  private boolean isStillFound(TwoWayCase each) {
    StoredDocument found = each.pending.found;
    return found != null
        && each.entry
            .map(LedgerEntry::place)
            .filter(place -> place.era().equals(twoWay.ledger().era()))
            .filter(place -> !place.isBefore(states.placeOf(each.pending, found)))
            .isEmpty();
  }

  private CompletionStage<Map<TwoWayCase, Look>> read(
      List<TwoWayCase> reading, Map<TwoWayCase, Look> looks) {
    if (reading.isEmpty()) {
      return CompletableFuture.completedFuture(looks);
    }
    return twoWay
        .documents()
        .read(reading.stream().map(each -> new Wanted(each.id, each.routing())).toList())
        .handle(
            (read, failure) -> {
              for (int i = 0; i < reading.size(); i++) {
                looks.put(
                    reading.get(i),
                    failure == null
                        ? read.get(i)
                        : new Unknown(SearchClient.scope(failure), SearchClient.message(failure)));
              }
              return looks;
            });
  }
}
