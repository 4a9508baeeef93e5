package io.cesync.sync;

import io.cesync.document.ShardPosition;
import io.cesync.state.Counts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * How far the changes of an index are in its table.
 *
 * @param shards by shard, up to where all changes are
 * @param firstLook as in {@link Changes#firstLook}
 * @param position until when all are, late ones included; empty before the first round
 * @param readTo the same without waiting for late ones
 * @param counts since the daemon started
 * @param oldestMillis at most how old the oldest change is that was found and is not in the table,
 *     0 if there is none
 * @param lags of the last minute, in milliseconds: at most so much, from a change to its row
 */
record SearchProgress(
    Map<Integer, ShardPosition> shards,
    Map<Integer, Long> firstLook,
    Optional<Instant> position,
    Optional<Instant> readTo,
    Counts counts,
    Optional<Instant> lastApplied,
    long oldestMillis,
    Histogram lags) {}
