package io.cesync.state;

import java.util.Optional;

/**
 * Up to where a shard of an index has been read.
 *
 * @param indexUuid of the index
 * @param historyUuid of the shard's contents; another one means that they were replaced
 * @param seqNo every write up to this number is in the table
 * @param firstLookTo the number at which the first look at all documents ends; empty once it has
 */
public record SearchShard(
    String indexUuid, String historyUuid, long seqNo, Optional<Long> firstLookTo) {}
