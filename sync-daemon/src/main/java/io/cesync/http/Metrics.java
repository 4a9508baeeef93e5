package io.cesync.http;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.sync.RequestTimes;
import io.cesync.sync.Vitals;
import io.cesync.watch.Board;
import io.cesync.watch.StreamName;
import io.cesync.watch.StreamView;
import io.cesync.watch.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Figures for Prometheus: those on the board as they are when it asks, and how long requests took.
 * Thread-safe.
 */
public final class Metrics implements RequestTimes {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<StreamName, StreamMeters> meters = new HashMap<>();
  private final Board board;

  public Metrics(Board board) {
    this.board = board;
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    server("cassandra", Vitals::cassandra);
    server("elasticsearch", Vitals::search);
    Gauge.builder("cesync.healthy", board, b -> b.view().problems().isEmpty() ? 1 : 0)
        .description("1 while /health answers 200, else 0.")
        .register(registry);
    Gauge.builder(
            "cesync.bulk.queue.bytes",
            board,
            b -> b.view().vitals().map(Vitals::queuedBytes).orElse(0L))
        .description("Bytes of documents that wait for a bulk, of all tables.")
        .register(registry);
    for (Verdict verdict : Verdict.values()) {
      Gauge.builder("cesync.verdict", board, b -> b.view().verdict() == verdict ? 1 : 0)
          .description("1 for what the status page says, 0 for all else.")
          .tag("verdict", verdict.toString())
          .register(registry);
    }
  }

  private void server(String server, Predicate<Vitals> up) {
    Gauge.builder(
            "cesync.server.up",
            board,
            b -> b.view().vitals().map(v -> up.test(v) ? 1.0 : 0.0).orElse(Double.NaN))
        .description("1 while the server answers, 0 while it doesn't, NaN while nobody asks it.")
        .tag("server", server)
        .register(registry);
  }

  /** The text that Prometheus reads. */
  synchronized String scrape() {
    Map<StreamName, StreamView> now = new HashMap<>();
    board.view().streams().forEach(stream -> now.put(stream.name(), stream));
    now.keySet()
        .forEach(
            name ->
                meters.computeIfAbsent(
                    name,
                    added ->
                        new StreamMeters(
                            registry, tags(added), () -> of(added), () -> board.view().at())));
    meters
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !now.containsKey(entry.getKey());
              if (gone) {
                // A table that isn't synced any more.
                entry.getValue().remove();
              }
              return gone;
            });
    return registry.scrape();
  }

  private Optional<StreamView> of(StreamName name) {
    return board.view().streams().stream().filter(s -> s.name().equals(name)).findFirst();
  }

  @Override
  public LongConsumer reads(TableName table, Direction direction) {
    return timer(
        "cesync.read",
        "How long reads took: of rows; towards Cassandra, of searches for changes.",
        new StreamName(table, direction));
  }

  @Override
  public LongConsumer writes(TableName table, Direction direction) {
    return timer(
        "cesync.bulk",
        "How long bulks took; towards Cassandra, writes of rows.",
        new StreamName(table, direction));
  }

  private LongConsumer timer(String name, String description, StreamName of) {
    Timer timer =
        Timer.builder(name)
            .description(description)
            .tags(tags(of))
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private static Tags tags(StreamName name) {
    return Tags.of("table", name.table().toString(), "direction", name.direction().toString());
  }
}
