package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.row.RowImage;
import java.util.Map;
import java.util.Optional;

/** A row of a two-way table on its way, with what is known of it. Not equal to any other. */
final class TwoWayCase {
  final Pending pending;
  final RowImage row;
  final String id;
  final Visibility visibility;
  final Optional<LedgerEntry> entry;

  /**
   * @param id of its document
   * @param visibility whether the row shows what its entries wrote
   * @param entry of the ledger
   */
  TwoWayCase(
      Pending pending,
      RowImage row,
      String id,
      Visibility visibility,
      Optional<LedgerEntry> entry) {
    this.pending = pending;
    this.row = row;
    this.id = id;
    this.visibility = visibility;
    this.entry = entry;
  }

  Landing landing(Outcome outcome) {
    return new Landing(pending, outcome);
  }

  Landing done(boolean deleted, boolean unchanged) {
    return landing(new Outcome.Done(deleted, unchanged, visibility));
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

  String routing() {
    return entry.map(LedgerEntry::routing).orElse(pending.routing);
  }

  /** Another entry for its document. */
  LedgerEntry entry(
      String routing, Place place, long timestamp, Map<String, Long> digests, long knownAt) {
    return new LedgerEntry(id, routing, place, timestamp, digests, knownAt);
  }
}
