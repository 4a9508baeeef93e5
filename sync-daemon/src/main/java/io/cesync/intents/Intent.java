package io.cesync.intents;

import io.cesync.ledger.LedgerEntry;

/**
 * A document that is about to be written or deleted.
 *
 * @param table keyspace.table
 * @param key of the row, as the change log has it
 * @param entry what the ledger gets then; null if the document is to be deleted
 */
public record Intent(String table, String key, LedgerEntry entry) {}
