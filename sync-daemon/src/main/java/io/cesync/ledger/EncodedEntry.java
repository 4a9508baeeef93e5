package io.cesync.ledger;

import java.nio.ByteBuffer;

/**
 * An entry as the ledger's table has it.
 *
 * @param bytes its {@link EntryBytes}; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedEntry(String id, Place place, byte[] bytes) {

  static EncodedEntry of(LedgerEntry entry) {
    return new EncodedEntry(entry.id(), entry.place(), EntryBytes.of(entry));
  }

  LedgerEntry decoded(EntryBytes format) {
    return format.read(id, ByteBuffer.wrap(bytes));
  }
}
