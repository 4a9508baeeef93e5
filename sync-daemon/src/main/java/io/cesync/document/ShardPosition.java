package io.cesync.document;

/**
 * Up to where a shard has been read. Sequence numbers mean something only within one history of one
 * index.
 *
 * @param indexUuid new whenever the index is created again
 * @param historyUuid new whenever the shard's contents were replaced or may have been lost, as by
 *     restoring a snapshot over it
 * @param seqNo all up to this is known; -1 if nothing is
 */
public record ShardPosition(String indexUuid, int shard, String historyUuid, long seqNo) {

  ShardPosition at(long number) {
    return new ShardPosition(indexUuid, shard, historyUuid, number);
  }
}
