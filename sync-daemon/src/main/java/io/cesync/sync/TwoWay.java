package io.cesync.sync;

import io.cesync.document.DocumentReader;
import io.cesync.ledger.LedgerEntry;
import io.cesync.mapping.DeletionMark;
import io.cesync.mapping.DocumentCheck;
import io.cesync.mapping.TimestampField;
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
 * @param times the field that says when a document was changed
 * @param deleted the field that says that a document is deleted
 * @param writesTimes whether cesync writes it; if not, it is a column's
 * @param readsFirst whether a document must be read before it is written: where versions stand in
 *     for sequence numbers they may come again, but not within the moment from the read to the
 *     write
 */
record TwoWay(
    Merge merge,
    RowWriter writer,
    TableLedger ledger,
    TableIntents intents,
    DocumentReader documents,
    boolean writesDocuments,
    TimestampField times,
    boolean writesTimes,
    boolean readsFirst,
    Optional<DeletionMark> deleted,
    DocumentCheck check) {

  /** What becomes of a document whose changes are in the row. */
  DocumentDecision intoDocument(
      RowValues row, DocumentState document, Optional<LedgerEntry> entry, long atLeast) {
    return writesDocuments
        ? merge.intoDocument(row, document, entry, atLeast)
        : merge.untouched(row, document, entry);
  }
}
