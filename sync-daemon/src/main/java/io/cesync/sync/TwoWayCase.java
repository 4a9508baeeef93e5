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

  String routing() {
    return entry.map(LedgerEntry::routing).orElse(pending.routing);
  }

  /** Another entry for its document. */
  LedgerEntry entry(
      String routing, Place place, long timestamp, Map<String, Long> digests, long knownAt) {
    return new LedgerEntry(id, routing, place, timestamp, digests, knownAt);
  }
}
