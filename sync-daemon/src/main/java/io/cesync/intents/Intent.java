package io.cesync.intents;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;

/**
 * A document that is about to be written or deleted, under the condition that it is where the
 * ledger has it.
 *
 * @param table keyspace.table
 * @param key of the row, as the change log has it
 * @param entry what the ledger gets then, with the place that the document has before; null if it
 *     is to be deleted
 * @param deleted the place of a document that is to be deleted; else null
 */
public record Intent(String table, String key, LedgerEntry entry, Place deleted) {}
