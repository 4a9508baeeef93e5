package io.cesync.document;

/**
 * A document as the server holds it.
 *
 * <p>Where there are no sequence numbers, versions stand in for them, and for the primary term the
 * server's own {@code _timestamp} in milliseconds (0 without one): some time after a delete
 * versions begin with 1 again, but then at another time.
 *
 * @param routing its own, or null if it has none
 * @param seqNo the number of the write that made it so; a shard never gives one twice
 * @param primaryTerm that this number is of
 * @param version raised by each write
 * @param source its JSON in UTF-8, every digit as it was sent; null if it wasn't asked for
 */
@SuppressWarnings("ArrayRecordComponent") // large, and compared by nobody
public record StoredDocument(
    String id, String routing, long seqNo, long primaryTerm, long version, byte[] source) {}
