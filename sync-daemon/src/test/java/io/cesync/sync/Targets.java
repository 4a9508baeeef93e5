package io.cesync.sync;

import io.cesync.document.DocumentReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Two-way tables as far as it takes to decide about documents; the rest isn't there. */
final class Targets {

  static final String ERA = "era";

  private Targets() {}

  /** A ledger that nothing is read from. */
  static TableLedger ledger(AtomicLong completeTo, AtomicLong beginning) {
    return new TableLedger(null, ERA, 1, true, completeTo, beginning);
  }

  static TwoWay twoWay(TableLedger ledger, DocumentReader documents) {
    return new TwoWay(
        null, null, ledger, null, documents, true, null, true, false, Optional.empty(), null);
  }

  static DocumentStates states(TwoWay twoWay) {
    return new DocumentStates(
        new TableTarget(
            null,
            "index",
            null,
            null,
            nanos -> {},
            true,
            null,
            null,
            Optional.empty(),
            Optional.of(twoWay)));
  }
}
