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
 */
public record StreamView(
    StreamName name,
    Instant at,
    StreamState state,
    Vitals.Stream vitals,
    History.Shown history,
    Verdict verdict) {

  StreamView withVerdict(Verdict other) {
    return new StreamView(name, at, state, vitals, history, other);
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

  /** The age of the oldest change that may not be on the other side, in milliseconds. */
  public long behindMillis() {
    return behindMillis(state, vitals, at);
  }

  static long behindMillis(StreamState state, Vitals.Stream vitals, Instant at) {
    long unread =
        vitals
            .readTo()
            .map(readTo -> Math.max(0, Duration.between(readTo, at).toMillis()))
            .orElse(0L);
    return Math.max(unread, state.lagMs().map(StreamState.Lag::last).orElse(0L));
  }
}
