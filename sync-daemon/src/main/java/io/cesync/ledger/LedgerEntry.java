package io.cesync.ledger;

import java.util.Map;

/**
 * A document as it was when it and its row last agreed. Immutable.
 *
 * @param id of the document
 * @param routing null if the document was written without
 * @param timestamp µs since 1970: the newest time of a change that both sides had; a {@code
 *     _timestamp} that cesync wrote is never newer
 * @param digests by column name, of every synced column that isn't part of the key and wasn't null
 *     ({@code io.cesync.merge.ColumnDigest})
 * @param knownAt µs since 1970: when the document was last known to exist
 */
public record LedgerEntry(
    String id,
    String routing,
    Place place,
    long timestamp,
    Map<String, Long> digests,
    long knownAt) {

  public LedgerEntry {
    digests = Map.copyOf(digests);
  }

  /** The same with a timestamp that is no older than this. */
  public LedgerEntry notBefore(long least) {
    return new LedgerEntry(id, routing, place, Math.max(timestamp, least), digests, knownAt);
  }

  /** The same with another place. */
  public LedgerEntry at(Place other) {
    return new LedgerEntry(id, routing, other, timestamp, digests, knownAt);
  }
}
