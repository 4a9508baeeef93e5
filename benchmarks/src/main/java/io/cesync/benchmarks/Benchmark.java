package io.cesync.benchmarks;

/** One named benchmark; runs on servers of its own. */
interface Benchmark {
  void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException;
}
