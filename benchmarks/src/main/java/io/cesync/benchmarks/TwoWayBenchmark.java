package io.cesync.benchmarks;

import io.cesync.settings.Direction;

/** What the ledger costs: drain's backlog, on a one-way and on a two-way table in turns. */
final class TwoWayBenchmark implements Benchmark {
  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    Drain oneWay = new Drain(bed, sizes, "one_way", Direction.CASSANDRA_TO_ELASTICSEARCH, figures);
    Drain twoWay = new Drain(bed, sizes, "two_way", Direction.BOTH, figures);
    oneWay.copy();
    twoWay.copy();
    for (int round = 0; round < sizes.rounds; round++) {
      for (Drain each :
          round % 2 == 0 ? new Drain[] {oneWay, twoWay} : new Drain[] {twoWay, oneWay}) {
        each.writeBacklog();
        each.run();
      }
    }
    oneWay.print("two-way.one_way_");
    twoWay.print("two-way.two_way_");
    figures.exact("two-way.ratio", oneWay.seconds() / twoWay.seconds());
    figures.exact("two-way.ratio_settled", oneWay.seconds() / twoWay.secondsSettled());
  }
}
