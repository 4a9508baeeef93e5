package io.cesync.ledger;

/**
 * Where and as which operation the last write of a document stands in its index. Immutable.
 *
 * @param era of the index's contents, which these numbers belong to: any text that changes whenever
 *     they do
 * @param shard from 0, or {@link #UNKNOWN_SHARD}: the answer to a write doesn't tell it
 */
public record Place(String era, int shard, long seqNo, long primaryTerm) {

  public static final int UNKNOWN_SHARD = -1;

  /** Whether both are the same operation on one document. Its shard isn't looked at. */
  public boolean isSameWrite(Place other) {
    return seqNo == other.seqNo && primaryTerm == other.primaryTerm && era.equals(other.era);
  }

  /** Whether it is of a former write of the same document. */
  public boolean isBefore(Place other) {
    return era.equals(other.era)
        && (primaryTerm == other.primaryTerm
            ? seqNo < other.seqNo
            : primaryTerm < other.primaryTerm);
  }

  /** The same in a shard that isn't known. */
  Place anywhere() {
    return new Place(era, UNKNOWN_SHARD, seqNo, primaryTerm);
  }

  /** With the other's shard, if its own isn't known. */
  public Place orShardOf(Place other) {
    return shard == UNKNOWN_SHARD ? new Place(era, other.shard, seqNo, primaryTerm) : this;
  }
}
