package io.cesync.benchmarks;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How fast a starting daemon finds which documents have vanished from an index, and deletes their
 * rows: a few, then many, in random order. The limit is reading and deleting as many known rows.
 */
final class DeletesBenchmark implements Benchmark {
  private static final int FEW = 100;
  private static final int IN_FLIGHT = 128;
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final String[] LIMIT = {"plain-read", "plain-delete"};

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    if (sizes.documents < FEW + sizes.deletes) {
      throw new IllegalArgumentException("fewer documents than are to be deleted");
    }
    fill(bed, sizes.documents);
    List<Long> order = LongStream.range(0, sizes.documents).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(42));
    BitSet left = new BitSet();
    left.set(0, sizes.documents);
    delete("few", bed, order.subList(0, FEW), left, figures);
    Limits limits = new Limits(bed, figures);
    bed.session().execute(Items.create("bench.plain"));
    limits.measure("plain,plain-read,plain-delete", sizes.deletes, 0);
    double seconds = delete("many", bed, order.subList(FEW, FEW + sizes.deletes), left, figures);
    limits.print("deletes", LIMIT);
    figures.whole("deletes.many_per_s", sizes.deletes / seconds);
    figures.exact("deletes.ratio", limits.total(LIMIT) / seconds);
  }

  private static void fill(Bed bed, int rows) throws InterruptedException {
    bed.session().execute(Items.create("bench.item"));
    Items items = new Items(bed.session(), "bench.item");
    InFlight.run(rows, IN_FLIGHT, i -> items.write(i, 0));
    bed.install("table: bench.item, direction: both, max_deletes_per_poll: 1000000000");
    long written = Work.writes(bed, "item");
    try (Child daemon = bed.daemon()) {
      Poll.untilQuiet(
          () -> bed.http().indexed("bench_item") + Work.writes(bed, "item"),
          written + 2L * rows,
          QUIET,
          daemon);
    }
  }

  /** Returns the seconds from the daemon's start until the last row and its ledger are gone. */
  private static double delete(String name, Bed bed, List<Long> ids, BitSet left, Figures figures)
      throws InterruptedException {
    new Application(bed.http()).delete(ids);
    ids.forEach(id -> left.clear(Math.toIntExact(id)));
    Work before = Work.of(bed, "item");
    try (Child daemon = bed.daemon()) {
      // Each has a delete of its row, and one of the ledger.
      long least = before.writes() + 2L * ids.size();
      long end = Poll.untilQuiet(() -> Work.writes(bed, "item"), least, QUIET, daemon);
      Work work = Work.of(bed, "item").since(before);
      checkRows(bed, left);
      double seconds = (end - daemon.startedAt()) / 1e9;
      figures.exact("deletes." + name + "_s", seconds);
      figures.exact(
          "deletes." + name + "_from_first_read_s", (end - daemon.markedAt("going on from")) / 1e9);
      figures.whole("deletes." + name + "_searches", (double) work.of("searches"));
      figures.whole("deletes." + name + "_documents_asked_for", (double) work.of("gets"));
      figures.note("deletes: work of %d: %s", ids.size(), work.counts());
      return seconds;
    }
  }

  private static void checkRows(Bed bed, BitSet expected) {
    BitSet rows = new BitSet();
    for (Row row : bed.session().execute("SELECT id FROM bench.item")) {
      rows.set(Math.toIntExact(row.getLong(0)));
    }
    if (!rows.equals(expected)) {
      rows.xor(expected);
      throw new IllegalStateException(
          rows.cardinality()
              + " rows are there or gone by mistake, the first is "
              + rows.nextSetBit(0));
    }
  }
}
