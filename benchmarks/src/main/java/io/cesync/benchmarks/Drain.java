package io.cesync.benchmarks;

import io.cesync.settings.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A table whose backlogs are written while no daemon runs, and applied by one that starts. */
final class Drain {
  private static final int IN_FLIGHT = 64;
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final String FIRST_READ = "going on from";

  private final Bed bed;
  private final Sizes sizes;
  private final Figures figures;
  private final String name;
  private final String index;
  private final String settings;
  private final boolean twoWay;
  private final Items items;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> secondsFromRead = new ArrayList<>();
  private final List<Double> secondsSettled = new ArrayList<>();
  private final List<Double> documents = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private double peakMib;
  private int revision;

  /**
   * Creates the table.
   *
   * @param name of a table in the keyspace {@code bench}
   */
  Drain(Bed bed, Sizes sizes, String name, Direction direction, Figures figures) {
    this.bed = bed;
    this.sizes = sizes;
    this.figures = figures;
    this.name = name;
    this.index = "bench_" + name;
    this.twoWay = direction == Direction.BOTH;
    this.settings =
        "table: bench.%s, direction: %s"
            .formatted(name, direction.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    bed.session().execute(Items.create("bench." + name));
    this.items = new Items(bed.session(), "bench." + name);
  }

  /**
   * Installs it, and has it copied with all its rows. Until that is done, not until nothing is
   * written: what has come over as a change already is looked at all the same.
   */
  void copy() throws InterruptedException {
    bed.install(settings);
    InFlight.run(sizes.keys, IN_FLIGHT, i -> items.write(i, 0));
    bed.once();
  }

  /** Returns the revision that all rows have then. */
  int writeBacklog() throws InterruptedException {
    bed.session().execute("TRUNCATE logger.log");
    int first = revision + 1;
    InFlight.run(
        sizes.changes, IN_FLIGHT, i -> items.write(i % sizes.keys, first + i / sizes.keys));
    revision += Math.max(1, sizes.changes / sizes.keys);
    TimeUnit.SECONDS.sleep(sizes.backlogAge);
    return revision;
  }

  private long ledger() {
    return twoWay ? Work.writes(bed, name) : 0;
  }

  /** Measures a daemon from its start until the last document was indexed. */
  void run() throws InterruptedException {
    bed.use(settings);
    bed.awaitCompaction();
    long before = bed.http().indexed(index);
    long ledgerBefore = ledger();
    Work workBefore = Work.of(bed, name);
    Changing indexed = new Changing();
    try (Child daemon = bed.daemon()) {
      long settled =
          Poll.untilQuiet(
              () -> {
                long documents = indexed.saw(bed.http().indexed(index));
                // Asked only then, since that costs Cassandra more than the index's counter.
                return documents < before + sizes.keys
                    ? documents
                    : documents + ledger() - ledgerBefore;
              },
              before + sizes.keys * (twoWay ? 2L : 1L),
              QUIET,
              daemon);
      long current = bed.http().count(index, "revision:" + revision);
      if (current != sizes.keys) {
        throw new IllegalStateException(current + " documents are up to date, not " + sizes.keys);
      }
      seconds.add((indexed.changedAt() - daemon.startedAt()) / 1e9);
      secondsFromRead.add((indexed.changedAt() - daemon.markedAt(FIRST_READ)) / 1e9);
      secondsSettled.add((settled - daemon.startedAt()) / 1e9);
      documents.add((double) bed.http().indexed(index) - before);
      cpu.add(daemon.facts().cpuSeconds());
      peakMib = Math.max(peakMib, daemon.facts().peakMib());
      int last = seconds.size() - 1;
      figures.note(
          "drain of %s: %.2f s, %.2f s from the first read, %.2f s until all is quiet, %.0f"
              + " documents written, %.2f s of CPU; work: %s",
          name,
          seconds.get(last),
          secondsFromRead.get(last),
          secondsSettled.get(last),
          documents.get(last),
          cpu.get(last),
          Work.of(bed, name).since(workBefore).counts());
    }
  }

  /** Median of the rounds. */
  double seconds() {
    return Median.of(seconds);
  }

  double secondsFromRead() {
    return Median.of(secondsFromRead);
  }

  /** Until the ledger, too, was written last. */
  double secondsSettled() {
    return Median.of(secondsSettled);
  }

  double peakMib() {
    return peakMib;
  }

  void print(String prefix) {
    figures.exact(prefix + "s", seconds());
    figures.exact(prefix + "from_first_read_s", secondsFromRead());
    if (twoWay) {
      figures.exact(prefix + "settled_s", secondsSettled());
    }
    figures.whole(prefix + "changes_per_s", sizes.changes / seconds());
    figures.whole(prefix + "documents_per_s", sizes.keys / seconds());
    figures.whole(prefix + "documents_written", Median.of(documents));
    figures.exact(prefix + "cpu_s", Median.of(cpu));
  }
}
