package io.cesync.ledger;

/**
 * Where and as which operation the last write of a document stands in its index. Immutable.
 *
 * @param indexUuid whose sequence numbers these are; any text will do that changes whenever they
 *     start anew
 * @param shard from 0, or {@link #UNKNOWN_SHARD}: the answer to a write doesn't tell it
 */
public record Place(String indexUuid, int shard, long seqNo, long primaryTerm) {

  public static final int UNKNOWN_SHARD = -1;

  /** Whether both are the same operation on one document. Its shard isn't looked at. */
  public boolean isSameWrite(Place other) {
    return seqNo == other.seqNo
        && primaryTerm == other.primaryTerm
        && indexUuid.equals(other.indexUuid);
  }

  /** With the other's shard, if its own isn't known. */
  public Place orShardOf(Place other) {
    return shard == UNKNOWN_SHARD ? new Place(indexUuid, other.shard, seqNo, primaryTerm) : this;
  }
}
