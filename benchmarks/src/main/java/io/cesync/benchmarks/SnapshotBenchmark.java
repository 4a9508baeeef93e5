package io.cesync.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How fast the daemon copies a table, against the time that reading and writing take alone. */
final class SnapshotBenchmark implements Benchmark {
  private static final int IN_FLIGHT = 128;
  private static final Duration QUIET = Duration.ofSeconds(3);

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    bed.session().execute(Items.create("bench.item"));
    Items items = new Items(bed.session(), "bench.item");
    InFlight.run(sizes.rows, IN_FLIGHT, i -> items.write(i, 0));
    bed.install("table: bench.item, direction: cassandra-to-elasticsearch");
    Limits limits = new Limits(bed, figures);
    List<Double> seconds = new ArrayList<>();
    List<Double> fromRead = new ArrayList<>();
    double cpu = 0;
    double peakMib = 0;
    for (int round = 0; round < sizes.rounds; round++) {
      limits.measure("scan,bulk", sizes.rows, 0);
      empty(bed);
      try (Child daemon = bed.daemon()) {
        long end =
            Poll.untilQuiet(() -> bed.http().indexed("bench_item"), sizes.rows, QUIET, daemon);
        long copied = bed.http().count("bench_item", "revision:0");
        if (copied != sizes.rows) {
          throw new IllegalStateException(copied + " documents instead of " + sizes.rows);
        }
        seconds.add((end - daemon.startedAt()) / 1e9);
        fromRead.add((end - daemon.markedAt("copying the table")) / 1e9);
        cpu = daemon.facts().cpuSeconds();
        peakMib = Math.max(peakMib, daemon.facts().peakMib());
        figures.note("snapshot: %.2f s, %.2f s of CPU", seconds.get(round), cpu);
      }
    }
    limits.print("snapshot");
    figures.exact("snapshot.s", Median.of(seconds));
    figures.exact("snapshot.from_first_read_s", Median.of(fromRead));
    figures.whole("snapshot.rows_per_s", sizes.rows / Median.of(seconds));
    figures.exact("snapshot.cpu_s", cpu);
    figures.exact("snapshot.ratio", limits.total() / Median.of(seconds));
    figures.whole("memory.snapshot_peak_mib", peakMib);
  }

  private static void empty(Bed bed) {
    bed.forget();
    bed.http().send("DELETE", "/bench_item", "");
    bed.install("table: bench.item, direction: cassandra-to-elasticsearch");
  }
}
