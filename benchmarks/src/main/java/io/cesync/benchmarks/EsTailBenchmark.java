package io.cesync.benchmarks;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a starting daemon brings new documents into a table, until the last row is written and
 * until the ledger is, too; against the time that its parts take alone: reading the documents, and
 * one read and one write of each row. Each round begins with an empty pair that a daemon has
 * followed already.
 */
final class EsTailBenchmark implements Benchmark {
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final String TABLE = "table: bench.item, direction: both";
  private static final String[] LIMIT = {"pages", "plain", "plain-read"};
  private static final String[] LOGGED_LIMIT = {"pages", "logged", "plain-read"};

  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> secondsFromRead = new ArrayList<>();
  private final List<Double> secondsSettled = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private double peakMib;

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    for (String table : List.of("item", "plain", "logged")) {
      bed.session().execute(Items.create("bench." + table));
    }
    bed.install(TABLE);
    bed.session().execute("CREATE TRIGGER t ON bench.logged USING 'io.cesync.trigger.LogTrigger'");
    Limits limits = new Limits(bed, figures);
    for (int round = 0; round < sizes.rounds; round++) {
      empty(bed);
      bed.once();
      new Application(bed.http()).index(sizes.keys, round);
      bed.awaitCompaction();
      limits.measure("pages,plain,plain-read,logged", sizes.keys, round);
      bed.session().execute("TRUNCATE logger.log");
      bed.awaitCompaction();
      tail(bed, sizes, round, figures);
    }
    double median = Median.of(seconds);
    limits.print("es-tail", LIMIT);
    figures.exact("es-tail.s", median);
    figures.exact("es-tail.from_first_read_s", Median.of(secondsFromRead));
    figures.exact("es-tail.settled_s", Median.of(secondsSettled));
    figures.whole("es-tail.documents_per_s", sizes.keys / median);
    figures.exact("es-tail.cpu_s", Median.of(cpu));
    figures.exact("es-tail.ratio", limits.total(LIMIT) / median);
    figures.exact(
        "es-tail.ratio_from_first_read", limits.total(LIMIT) / Median.of(secondsFromRead));
    figures.exact("es-tail.ratio_settled", limits.total(LIMIT) / Median.of(secondsSettled));
    figures.exact("es-tail.ratio_to_logged", limits.total(LOGGED_LIMIT) / median);
    figures.whole("memory.es-tail_peak_mib", peakMib);
  }

  private static void empty(Bed bed) {
    for (String table :
        List.of("bench.item", "logger.log", "logger.ledger", "logger.ledger_by_seq_no")) {
      bed.session().execute("TRUNCATE " + table);
    }
    bed.http().send("DELETE", "/bench_item", "");
    bed.forget();
    bed.install(TABLE);
  }

  private void tail(Bed bed, Sizes sizes, int revision, Figures figures)
      throws InterruptedException {
    Work before = Work.of(bed, "item");
    Changing rows = new Changing();
    try (Child daemon = bed.daemon()) {
      // Each document has a write of its row, and one of the ledger.
      long least = before.writes() + 2L * sizes.keys;
      long settled = Poll.untilQuiet(() -> writes(bed, rows), least, QUIET, daemon);
      long end = rows.changedAt();
      check(bed, sizes.keys, revision);
      seconds.add((end - daemon.startedAt()) / 1e9);
      secondsFromRead.add((end - daemon.markedAt("going on from")) / 1e9);
      secondsSettled.add((settled - daemon.startedAt()) / 1e9);
      cpu.add(daemon.facts().cpuSeconds());
      peakMib = Math.max(peakMib, daemon.facts().peakMib());
      figures.note(
          "es-tail: %.2f s, %.2f s from the first read, %.2f s until all is quiet, %.2f s of CPU;"
              + " work: %s",
          seconds.get(seconds.size() - 1),
          secondsFromRead.get(seconds.size() - 1),
          secondsSettled.get(seconds.size() - 1),
          cpu.get(seconds.size() - 1),
          Work.of(bed, "item").since(before).counts());
    }
  }

  private static long writes(Bed bed, Changing rows) {
    Work now = Work.writesOf(bed, "item");
    rows.saw(now.rowWrites());
    return now.writes();
  }

  private static void check(Bed bed, int rows, int revision) {
    int right = 0;
    for (Row row : bed.session().execute(Items.SELECT + " FROM bench.item")) {
      right += Items.isRow(row, revision) ? 1 : 0;
    }
    if (right != rows) {
      throw new IllegalStateException(right + " rows are as their documents, not " + rows);
    }
  }
}
