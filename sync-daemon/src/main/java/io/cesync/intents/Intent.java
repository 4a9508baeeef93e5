package io.cesync.intents;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;

/**
 * What is about to be done to a document, under the condition that it is where the ledger has it,
 * or to its row. One of the last three isn't null.
 *
 * @param table keyspace.table
 * @param key of the row, as the change log has it
 * @param written the document is to be written: what the ledger gets then, with the place that the
 *     document has before
 * @param deleted the document is to be deleted: its place
 * @param carried the row is to get what the document changed: when that was seen, its place, and
 *     the time that the row gets it with
 */
public record Intent(
    String table, String key, LedgerEntry written, Place deleted, LedgerEntry carried) {

  /** A document is to be written. */
  public static Intent write(String table, String key, LedgerEntry written) {
    return new Intent(table, key, written, null, null);
  }

  /** The same of a document that is to be written, once it is: its entry has this place then. */
  Intent writtenAt(long seqNo, long primaryTerm) {
    return write(table, key, written.writtenAt(seqNo, primaryTerm));
  }

  /** A document is to be deleted. */
  public static Intent delete(String table, String key, Place deleted) {
    return new Intent(table, key, null, deleted, null);
  }

  /** A row is to get what its document changed, or to be deleted as that says. */
  public static Intent carry(String table, String key, LedgerEntry carried) {
    return new Intent(table, key, null, null, carried);
  }
}
