package io.cesync.benchmarks;

import io.cesync.settings.Direction;

/**
 * How fast a starting daemon applies a backlog, against the time that its parts take alone. The
 * table was copied before; each round writes a new backlog while no daemon runs.
 */
final class DrainBenchmark implements Benchmark {
  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    Drain drain = new Drain(bed, sizes, "item", Direction.CASSANDRA_TO_ELASTICSEARCH, figures);
    drain.copy();
    Limits limits = new Limits(bed, figures);
    for (int round = 0; round < sizes.rounds; round++) {
      limits.measure("log,read,bulk", sizes.keys, drain.writeBacklog());
      drain.run();
    }
    limits.print("drain");
    drain.print("drain.");
    figures.exact("drain.ratio", limits.total() / drain.seconds());
    figures.exact("drain.ratio_from_first_read", limits.total() / drain.secondsFromRead());
    figures.whole("memory.drain_peak_mib", drain.peakMib());
  }
}
