package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.row.RowImage;
import java.util.Map;
import java.util.Optional;

/** A row of a two-way table on its way, with what is known of it. Not equal to any other. */
final class TwoWayCase extends KnownDocument {
  final RowImage row;
  final Visibility visibility;

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
    super(pending, id, entry);
    this.row = row;
    this.visibility = visibility;
  }

  Landing landing(Outcome outcome) {
    return new Landing(pending, outcome);
  }

  Landing done(boolean deleted, boolean unchanged) {
    return landing(new Outcome.Done(deleted, unchanged, visibility));
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
