package io.cesync.sync;

import io.cesync.document.ShardPosition;
import io.cesync.state.Counts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far the changes of an index are in its table.
 *
 * @param shards by shard, up to where all changes are
 * @param position until when all are; empty before the first round
 * @param counts since the daemon started
 */
record SearchProgress(
    Map<Integer, ShardPosition> shards,
    Optional<Instant> position,
    Counts counts,
    Optional<Instant> lastApplied) {}
