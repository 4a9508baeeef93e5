package io.cesync.http;

import io.cesync.state.Counts;
import io.cesync.state.StreamState;
import io.cesync.watch.StreamView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The figures of one table in one direction. Confined to who made it. */
final class StreamMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Supplier<Optional<StreamView>> view;
  private final List<Meter> meters = new ArrayList<>();

  /**
   * @param now goes on while the view doesn't, as when the daemon waits for something
   */
  StreamMeters(
      MeterRegistry registry,
      Tags tags,
      Supplier<Optional<StreamView>> view,
      Supplier<Instant> now) {
    this.registry = registry;
    this.tags = tags;
    this.view = view;
    counter("applied", "Documents or rows written.", Counts::applied);
    counter("deleted", "Documents or rows deleted.", Counts::deleted);
    counter("superseded", "Not applied: the other side had something newer.", Counts::superseded);
    counter("retried", "Sent again after a refusal for now.", Counts::retried);
    counter("dead.letters", "Refused for good, and put aside.", Counts::deadLetters);
    counter("unconfirmed", "Passed though the row never showed the write.", Counts::unconfirmed);
    counter("late.entries", "Entries of the log that appeared late.", Counts::late);
    counter("refused.counters", "Counters put right again.", Counts::refusedCounters);
    seconds(
        "lag.seconds",
        "The age of the oldest change that may not be on the other side.",
        stream ->
            Optional.of(
                stream.behindMillis() + Duration.between(stream.at(), now.get()).toMillis()));
    seconds(
        "lag.p50.seconds",
        "Median time from a change to the other side, of the last minute.",
        stream -> stream.state().lagMs().flatMap(StreamState.Lag::p50));
    seconds(
        "lag.p99.seconds",
        "99th percentile of that.",
        stream -> stream.state().lagMs().flatMap(StreamState.Lag::p99));
    seconds(
        "position.age.seconds",
        "How far the position is behind now.",
        stream -> stream.state().position().map(p -> Duration.between(p, now.get()).toMillis()));
    gauge("pending.keys", "Changed keys in memory.", stream -> stream.vitals().pending());
    gauge("in.flight.keys", "Keys being read or written.", stream -> stream.vitals().inFlight());
    gauge("snapshot.rows", "Rows copied so far.", stream -> stream.state().snapshot().rows());
    gauge(
        "snapshot.ranges.done",
        "Token ranges copied so far.",
        stream -> stream.state().snapshot().ranges().count());
    gauge(
        "snapshot.ranges",
        "Token ranges in all.",
        stream -> stream.state().snapshot().ranges().total());
  }

  private void counter(String name, String description, ToLongFunction<Counts> count) {
    meters.add(
        FunctionCounter.builder(
                "cesync." + name,
                view,
                v -> v.get().map(s -> (double) count.applyAsLong(s.state().counts())).orElse(0.0))
            .description(description + " Since the state file began.")
            .tags(tags)
            .register(registry));
  }

  private void seconds(
      String name, String description, Function<StreamView, Optional<Long>> millis) {
    gauge(name, description, s -> millis.apply(s).map(ms -> ms / 1000.0).orElse(Double.NaN));
  }

  private void gauge(String name, String description, ToDoubleFunction<StreamView> value) {
    meters.add(
        Gauge.builder(
                "cesync." + name, view, v -> v.get().map(value::applyAsDouble).orElse(Double.NaN))
            .description(description)
            .tags(tags)
            .register(registry));
  }

  /** They are told no more. */
  void remove() {
    meters.forEach(registry::remove);
  }
}
