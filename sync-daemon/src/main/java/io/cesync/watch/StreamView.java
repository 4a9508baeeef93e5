package io.cesync.watch;

import io.cesync.state.Ranges;
import io.cesync.state.SearchShard;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What was seen of one table in one direction. Immutable.
 *
 * @param at when
 * @param behindMillis the age of the oldest change that may not be on the other side
 */
public record StreamView(
    StreamName name,
    Instant at,
    StreamState state,
    Vitals.Stream vitals,
    long behindMillis,
    History.Shown history,
    Verdict verdict) {
  private static final long SLACK_MILLIS = 1_000;

  StreamView withVerdict(Verdict other) {
    return new StreamView(name, at, state, vitals, behindMillis, history, other);
  }

  /** Whether the table is being copied, or the index looked at for the first time. */
  static boolean isCopying(StreamState state, Vitals.Stream vitals) {
    return state.snapshot().status() == Status.RUNNING
        || vitals.readTo().isEmpty()
        || state.shards().values().stream().anyMatch(shard -> shard.firstLookTo().isPresent());
  }

  /** How much of that is done, from 0 to 1; empty if it isn't known, or there is none. */
  public OptionalDouble copied() {
    if (state.snapshot().status() == Status.RUNNING) {
      Ranges ranges = state.snapshot().ranges();
      return OptionalDouble.of(ranges.count() / (double) Math.max(1, ranges.total()));
    }
    if (state.shards().isEmpty() || !isCopying(state, vitals)) {
      return OptionalDouble.empty();
    }
    long done = state.shards().values().stream().mapToLong(SearchShard::seqNo).sum();
    long all =
        state.shards().values().stream()
            .mapToLong(shard -> shard.firstLookTo().orElse(shard.seqNo()))
            .sum();
    return OptionalDouble.of(Math.max(0, Math.min(1, done / (double) Math.max(1, all))));
  }

  /**
   * The age of the oldest change that may not be on the other side, in milliseconds.
   *
   * @param interval the wait between two looks for changes: it is no lag of what was found
   */
  static long behindMillis(StreamState state, Vitals.Stream vitals, Instant at, long interval) {
    long unread = vitals.readTo().map(readTo -> Duration.between(readTo, at).toMillis()).orElse(0L);
    long last = state.lagMs().map(StreamState.Lag::last).orElse(0L);
    return unread > 2 * interval + SLACK_MILLIS ? Math.max(unread, last) : last;
  }
}
