package io.cesync.demo;

import io.cesync.state.StreamState;
import java.util.Collection;

/** From write to acknowledgement by Elasticsearch, in milliseconds, of the slowest table. */
record Lag(long p50, long p99) {
  static Lag of(Collection<StreamState> tables) {
    return new Lag(
        tables.stream()
            .flatMap(s -> s.lagMs().stream())
            .flatMap(l -> l.p50().stream())
            .mapToLong(ms -> ms)
            .max()
            .orElse(0),
        tables.stream()
            .flatMap(s -> s.lagMs().stream())
            .flatMap(l -> l.p99().stream())
            .mapToLong(ms -> ms)
            .max()
            .orElse(0));
  }
}
