package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.Optional;

/** A key's document as far as the ledger and a search tell of it. */
class KnownDocument {
  final Pending pending;
  final String id;
  final Optional<LedgerEntry> entry;

  /**
   * @param entry of the ledger
   */
  KnownDocument(Pending pending, String id, Optional<LedgerEntry> entry) {
    this.pending = pending;
    this.id = id;
    this.entry = entry;
  }

  /** Whether the document was refused as it is. */
  boolean isRefused(Place place) {
    return entry.filter(e -> e.refused() && e.place().isSameWrite(place)).isPresent();
  }

  /**
   * µs since 1970: how old a change of the document counts that has no time of its own. Of
   * documents that were there before the ledger, nothing tells how old they are: rows win.
   *
   * @param now after the document was read
   */
  long detectedAt(Place place, TableLedger ledger, long now) {
    if (isRefused(place)) {
      return entry.orElseThrow().knownAt();
    }
    long detected = pending.detected(place.seqNo(), now);
    return agreed(place.era()).isPresent() || ledger.isNew(place) ? detected : 0;
  }

  /** What the ledger has, if that is of these contents of the index. */
  Optional<LedgerEntry> agreed(String era) {
    return entry.filter(known -> known.place().era().equals(era));
  }

  /**
   * What the ledger gets if the document is refused as it is. What the row has got of its earlier
   * writes, or of this one, is no news any more.
   *
   * @param now as for {@link #detectedAt}
   */
  LedgerEntry refusedAt(Place place, String routing, TableLedger ledger, long now) {
    long since = detectedAt(place, ledger, now);
    LedgerEntry refused =
        agreed(place.era())
            .map(known -> known.refusedAt(place, routing, since))
            .orElse(LedgerEntry.refused(id, routing, place, since));
    return pending
        .carries
        .lastLanded(entry, place)
        .map(carry -> refused.agreedOn(carry.digests(), carry.timestamp()))
        .orElse(refused);
  }
}
