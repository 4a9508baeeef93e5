package io.cesync.sync;

import io.cesync.document.DocumentReader;
import io.cesync.ledger.LedgerEntry;
import io.cesync.merge.DocumentDecision;
import io.cesync.merge.DocumentState;
import io.cesync.merge.Merge;
import io.cesync.row.RowValues;
import io.cesync.row.RowWriter;
import java.util.Optional;

/**
 * What a table whose index is followed needs besides, for one version of its schema. Immutable.
 *
 * @param writesDocuments false if changes only go from the index to the table
 */
record TwoWay(
    Merge merge,
    RowWriter writer,
    TableLedger ledger,
    DocumentReader documents,
    boolean writesDocuments) {

  /** What becomes of a document whose changes are in the row. */
  DocumentDecision intoDocument(
      RowValues row, DocumentState document, Optional<LedgerEntry> entry, long atLeast) {
    return writesDocuments
        ? merge.intoDocument(row, document, entry, atLeast)
        : merge.untouched(document, entry);
  }
}
