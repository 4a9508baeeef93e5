package io.cesync.ledger;

import java.util.Map;
import java.util.Objects;

/**
 * A document as it was when it and its row last agreed. Immutable.
 *
 * @param id of the document
 * @param routing null if the document was written without
 * @param place of the document's last write that is known
 * @param timestamp µs since 1970: the newest time of a change that both sides had; a {@code
 *     _timestamp} that cesync wrote is never newer
 * @param digests by column name, of every synced column that isn't part of the key and wasn't null
 *     ({@code io.cesync.merge.ColumnDigest})
 * @param knownAt µs since 1970: when the document was last known to exist
 * @param refused the document of that place was refused: what it says otherwise than the digests is
 *     not in the row. All but the place is of what the row had got last, and {@code knownAt} of
 *     when it was refused first
 */
public record LedgerEntry(
    String id,
    String routing,
    Place place,
    long timestamp,
    Map<String, Long> digests,
    long knownAt,
    boolean refused) {

  public LedgerEntry {
    digests = Digests.copyOf(digests);
  }

  /** Of a document that agrees with its row. */
  public LedgerEntry(
      String id,
      String routing,
      Place place,
      long timestamp,
      Map<String, Long> digests,
      long knownAt) {
    this(id, routing, place, timestamp, digests, knownAt, false);
  }

  /** Of a document that was refused though there was no entry yet. */
  public static LedgerEntry refused(String id, String routing, Place place, long knownAt) {
    return new LedgerEntry(id, routing, place, 0, Map.of(), knownAt, true);
  }

  /** Its document was written since, and then refused. */
  public LedgerEntry refusedAt(Place now, String nowRouting, long since) {
    boolean already = refused && place.isSameWrite(now);
    Place at = Objects.equals(routing, nowRouting) ? now.orShardOf(place) : now;
    return new LedgerEntry(id, nowRouting, at, timestamp, digests, already ? knownAt : since, true);
  }

  /** The same where both sides agreed on more, and later. */
  public LedgerEntry agreedOn(Map<String, Long> more, long at) {
    return new LedgerEntry(id, routing, place, Math.max(timestamp, at), more, knownAt, refused);
  }

  /** Whether both sides agreed once. */
  public boolean wasAgreed() {
    return !refused || timestamp > 0 || !digests.isEmpty();
  }

  /** Whether the document of that place agrees with its row. */
  public boolean hasAgreed(Place document) {
    return !refused && place.isSameWrite(document);
  }

  /** The same with a timestamp that is no older than this. */
  public LedgerEntry notBefore(long least) {
    return new LedgerEntry(
        id, routing, place, Math.max(timestamp, least), digests, knownAt, refused);
  }

  /** The same after another write of the document. */
  public LedgerEntry writtenAt(long seqNo, long primaryTerm) {
    return at(new Place(place.era(), place.shard(), seqNo, primaryTerm));
  }

  /** The same with another place. */
  public LedgerEntry at(Place other) {
    return new LedgerEntry(id, routing, other, timestamp, digests, knownAt, refused);
  }
}
