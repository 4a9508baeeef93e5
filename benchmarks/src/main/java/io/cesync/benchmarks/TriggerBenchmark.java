package io.cesync.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the trigger costs the application: the same writes to three equal tables, without it, with
 * atomic and with ahead delivery. The tables take turns, so that all see the same state of machine
 * and server.
 */
final class TriggerBenchmark implements Benchmark {
  private enum Table {
    PLAIN,
    ATOMIC,
    AHEAD;

    String cql() {
      return "bench." + label();
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int[] IN_FLIGHT = {64, 128};

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) {
    for (Table table : Table.values()) {
      bed.session().execute(Items.create(table.cql()));
    }
    bed.install(
        "table: bench.atomic, delivery: atomic, direction: cassandra-to-elasticsearch",
        "table: bench.ahead, delivery: ahead, direction: cassandra-to-elasticsearch");
    Map<Table, Items> writers = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      writers.put(table, new Items(bed.session(), table.cql()));
    }
    for (int inFlight : IN_FLIGHT) {
      measure(writers, inFlight, sizes, figures);
    }
  }

  private static void measure(
      Map<Table, Items> writers, int inFlight, Sizes sizes, Figures figures) {
    Map<Table, List<Double>> rates = new EnumMap<>(Table.class);
    writers.keySet().forEach(table -> rates.put(table, new ArrayList<>()));
    for (int round = -sizes.triggerWarmup; round < sizes.triggerRounds; round++) {
      for (Map.Entry<Table, Items> writer : writers.entrySet()) {
        double rate = rate(writer.getValue(), inFlight, sizes.triggerWrites, round);
        figures.note("trigger: %s %d round %d: %.0f/s", writer.getKey(), inFlight, round, rate);
        if (round >= 0) {
          rates.get(writer.getKey()).add(rate);
        }
      }
    }
    rates.forEach(
        (table, of) -> figures.whole("trigger." + table.label() + "_" + inFlight, Median.of(of)));
    double plain = Median.of(rates.get(Table.PLAIN));
    String suffix = inFlight == IN_FLIGHT[0] ? "" : "_" + inFlight;
    for (Table table : List.of(Table.ATOMIC, Table.AHEAD)) {
      figures.exact(
          "trigger." + table.label() + "_ratio" + suffix, Median.of(rates.get(table)) / plain);
    }
  }

  private static double rate(Items items, int inFlight, int writes, int round) {
    long start = System.nanoTime();
    InFlight.run(writes, inFlight, i -> items.write(i, round));
    return writes / ((System.nanoTime() - start) / 1e9);
  }
}
