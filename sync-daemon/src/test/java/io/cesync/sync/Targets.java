package io.cesync.sync;

import io.cesync.document.DocumentReader;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.merge.Carries;
import io.cesync.merge.DocumentState;
import io.cesync.row.RowKey;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Two-way tables as far as it takes to decide about documents; the rest isn't there. */
final class Targets {

  static final String ERA = "era";

  private Targets() {}

  /** A ledger that nothing is read from. */
  static TableLedger ledger(AtomicLong completeTo, FirstLook firstLook) {
    return new TableLedger(null, ERA, 1, true, completeTo, firstLook, new OwnNumbers());
  }

  static TwoWay twoWay(TableLedger ledger, DocumentReader documents) {
    return new TwoWay(
        null, null, ledger, null, documents, true, null, true, false, Optional.empty(), null);
  }

  /**
   * A key whose row has got what its document says.
   *
   * @param states that understood it
   * @param timestamp µs since 1970: of the row
   */
  static Pending carried(RowKey key, DocumentStates states, long seqNo, long timestamp) {
    Place place = new Place(ERA, 0, seqNo, 1);
    Pending pending = new Pending(key);
    pending.foundAt = place;
    pending.carries =
        Carries.NONE
            .plus(new LedgerEntry("1", null, place, timestamp, Map.of(), timestamp))
            .landed(place);
    states.letGo(pending, new DocumentState.Carried(place, null, OptionalLong.of(timestamp), 7));
    return pending;
  }

  static DocumentStates states(TwoWay twoWay) {
    return new DocumentStates(target(twoWay));
  }

  static TableTarget target(TwoWay twoWay) {
    return new TableTarget(
        null,
        "index",
        null,
        null,
        nanos -> {},
        true,
        null,
        null,
        Optional.empty(),
        Optional.of(twoWay));
  }
}
