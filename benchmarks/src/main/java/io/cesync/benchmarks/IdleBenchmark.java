package io.cesync.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a daemon costs while nothing happens. Queries are counted by the server ({@code
 * system_views.cql_metrics}: all statements that it executed).
 */
final class IdleBenchmark implements Benchmark {
  private static final int KEYS = 1_000;

  /** The late window is over, and with it all that looks back at the last writes. */
  private static final long SETTLE_SECONDS = 90;

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    bed.session().execute(Items.create("bench.item"));
    bed.install("table: bench.item, direction: cassandra-to-elasticsearch");
    Items items = new Items(bed.session(), "bench.item");
    InFlight.run(KEYS, 64, i -> items.write(i, 0));
    try (Child daemon = bed.daemon()) {
      Poll.untilQuiet(() -> bed.http().indexed("bench_item"), KEYS, Duration.ofSeconds(2), daemon);
      TimeUnit.SECONDS.sleep(Math.min(SETTLE_SECONDS, sizes.idleSeconds * 2L));
      long statements = statements(bed);
      long indexed = bed.http().indexed("bench_item");
      double cpu = daemon.facts().cpuSeconds();
      long start = System.nanoTime();
      TimeUnit.SECONDS.sleep(sizes.idleSeconds);
      // The first look is itself in the second.
      long more = statements(bed) - statements - 1;
      double seconds = (System.nanoTime() - start) / 1e9;
      figures.exact("idle.queries_per_s", more / seconds);
      figures.exact("idle.cpu_share", (daemon.facts().cpuSeconds() - cpu) / seconds);
      figures.whole(
          "idle.documents_written", (double) (bed.http().indexed("bench_item") - indexed));
      figures.whole("idle.rss_mib", daemon.facts().residentMib());
    }
  }

  private static long statements(Bed bed) {
    double sum = 0;
    for (var row : bed.session().execute("SELECT name, value FROM system_views.cql_metrics")) {
      if (String.valueOf(row.getString(0)).endsWith("statements_executed")) {
        sum += row.getDouble(1);
      }
    }
    return Math.round(sum);
  }
}
