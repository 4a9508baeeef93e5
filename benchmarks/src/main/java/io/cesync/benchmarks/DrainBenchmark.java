package io.cesync.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast a starting daemon applies a backlog, against the time that its parts take alone. The
 * table was copied before; each round writes a new backlog while no daemon runs.
 */
final class DrainBenchmark implements Benchmark {
  private static final int IN_FLIGHT = 64;
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final String FIRST_READ = "going on from";

  private final List<Double> ratios = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> secondsFromRead = new ArrayList<>();
  private final List<Double> documents = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private double peakMib;

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    bed.session().execute(Items.create("bench.item"));
    bed.install("table: bench.item, direction: cassandra-to-elasticsearch");
    Items items = new Items(bed.session(), "bench.item");
    InFlight.run(sizes.keys, IN_FLIGHT, i -> items.write(i, 0));
    try (Child daemon = bed.daemon()) {
      Poll.untilQuiet(() -> bed.http().indexed("bench_item"), sizes.keys, QUIET, daemon);
    }
    Limits limits = new Limits(bed, figures);
    int revision = 0;
    for (int round = 0; round < sizes.rounds; round++) {
      bed.session().execute("TRUNCATE logger.log");
      long perKey = Math.max(1, sizes.changes / sizes.keys);
      int first = revision + 1;
      InFlight.run(
          sizes.changes, IN_FLIGHT, i -> items.write(i % sizes.keys, first + i / sizes.keys));
      revision += (int) perKey;
      TimeUnit.SECONDS.sleep(sizes.backlogAge);
      limits.measure("log,read,bulk", sizes.keys, revision);
      drain(bed, sizes, revision, figures);
    }
    double limit = limits.total();
    seconds.forEach(s -> ratios.add(limit / s));
    limits.print("drain");
    figures.exact("drain.s", Median.of(seconds));
    figures.exact("drain.from_first_read_s", Median.of(secondsFromRead));
    figures.whole("drain.changes_per_s", sizes.changes / Median.of(seconds));
    figures.whole("drain.documents_per_s", sizes.keys / Median.of(seconds));
    figures.whole("drain.documents_written", Median.of(documents));
    figures.exact("drain.cpu_s", Median.of(cpu));
    figures.exact("drain.ratio", Median.of(ratios));
    figures.exact("drain.ratio_from_first_read", limit / Median.of(secondsFromRead));
    figures.whole("memory.drain_peak_mib", peakMib);
  }

  private void drain(Bed bed, Sizes sizes, int revision, Figures figures)
      throws InterruptedException {
    long before = bed.http().indexed("bench_item");
    try (Child daemon = bed.daemon()) {
      long end =
          Poll.untilQuiet(
              () -> bed.http().indexed("bench_item"), before + sizes.keys, QUIET, daemon);
      long current = bed.http().count("bench_item", "revision:" + revision);
      if (current != sizes.keys) {
        throw new IllegalStateException(current + " documents are up to date, not " + sizes.keys);
      }
      double took = (end - daemon.startedAt()) / 1e9;
      seconds.add(took);
      secondsFromRead.add((end - daemon.markedAt(FIRST_READ)) / 1e9);
      documents.add((double) bed.http().indexed("bench_item") - before);
      cpu.add(daemon.facts().cpuSeconds());
      peakMib = Math.max(peakMib, daemon.facts().peakMib());
      figures.note(
          "drain: %.2f s, %.2f s from the first read, %.0f documents written, %.2f s of CPU",
          took,
          secondsFromRead.get(secondsFromRead.size() - 1),
          documents.get(documents.size() - 1),
          cpu.get(cpu.size() - 1));
    }
  }
}
