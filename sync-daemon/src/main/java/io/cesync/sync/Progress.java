package io.cesync.sync;

import io.cesync.state.Counts;
import java.time.Instant;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * How far a table's sync is.
 *
 * @param position everything before it has reached the other side
 * @param readTo the log was read up to here
 * @param pending keys in memory
 * @param oldestMillis age of the oldest entry that was not brought over, 0 if there is none
 * @param lags of the last minute, in milliseconds
 * @param counts since the daemon started
 * @param lastError null if there was none
 * @param idle no snapshot or other chore is under way
 */
record Progress(
    String table,
    Instant position,
    Instant readTo,
    int pending,
    long oldestMillis,
    Histogram lags,
    Counts counts,
    Optional<Instant> lastApplied,
    String lastError,
    Instant lastErrorAt,
    boolean idle) {}
