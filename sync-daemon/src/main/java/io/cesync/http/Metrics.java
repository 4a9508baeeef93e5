package io.cesync.http;

import io.cesync.state.Counts;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The board's figures for Prometheus; all are read when it asks. Thread-safe. */
final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Set<StreamName> known = new HashSet<>();
  private final Board board;

  Metrics(Board board) {
    this.board = board;
    server("cassandra", Vitals::cassandra);
    server("elasticsearch", Vitals::search);
    Gauge.builder("cesync.healthy", board, b -> b.problems().isEmpty() ? 1 : 0).register(registry);
  }

  /** The text that Prometheus reads. */
  synchronized String scrape() {
    Board.each(
        board.view().state(),
        (name, stream) -> {
          if (known.add(name)) {
            register(name);
          }
        });
    return registry.scrape();
  }

  private void server(String server, java.util.function.Predicate<Vitals> up) {
    Gauge.builder(
            "cesync.server.up", board, b -> b.view().vitals().filter(up).isPresent() ? 1 : 0)
        .tag("server", server)
        .register(registry);
  }

  private void register(StreamName name) {
    counter(name, "applied", Counts::applied);
    counter(name, "deleted", Counts::deleted);
    counter(name, "superseded", Counts::superseded);
    counter(name, "retried", Counts::retried);
    counter(name, "dead.letters", Counts::deadLetters);
    counter(name, "unconfirmed", Counts::unconfirmed);
    counter(name, "late", Counts::late);
    counter(name, "refused.counters", Counts::refusedCounters);
    gauge(name, "lag.seconds", s -> s.lagMs().map(l -> l.last() / 1000.0).orElse(0.0));
    gauge(name, "lag.p50.seconds", s -> s.lagMs().map(l -> l.p50() / 1000.0).orElse(0.0));
    gauge(name, "lag.p99.seconds", s -> s.lagMs().map(l -> l.p99() / 1000.0).orElse(0.0));
    gauge(name, "snapshot.rows", s -> s.snapshot().rows());
    gauge(name, "snapshot.ranges.done", s -> s.snapshot().ranges().count());
    gauge(name, "snapshot.ranges", s -> s.snapshot().ranges().total());
    gauge(
        name,
        "position.age.seconds",
        s ->
            s.position()
                .map(at -> Duration.between(at, board.now()).toMillis() / 1000.0)
                .orElse(Double.NaN));
    Gauge.builder("cesync.pending", board, b -> pending(b, name)).tags(tags(name)).register(registry);
  }

  private static double pending(Board board, StreamName name) {
    return board.view().vitals().map(v -> v.pending().getOrDefault(name.table(), 0L)).orElse(0L);
  }

  private void counter(StreamName name, String what, ToDoubleFunction<Counts> count) {
    FunctionCounter.builder("cesync." + what, board, b -> count.applyAsDouble(of(b, name).counts()))
        .tags(tags(name))
        .register(registry);
  }

  private void gauge(StreamName name, String what, ToDoubleFunction<StreamState> value) {
    Gauge.builder("cesync." + what, board, b -> value.applyAsDouble(of(b, name)))
        .tags(tags(name))
        .register(registry);
  }

  private static StreamState of(Board board, StreamName name) {
    return board.view().state().stream(name.table(), name.direction());
  }

  private static Tags tags(StreamName name) {
    return Tags.of("table", name.table().toString(), "direction", name.direction().toString());
  }
}
