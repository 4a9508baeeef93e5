package io.cesync.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far documents are behind rows at a steady rate. Acknowledged: the daemon's own histogram of
 * the last minute, which begins with the entry's {@code time_uuid} (taken before the write is done)
 * and ends with the bulk's answer. Searchable: from outside, from just before the write of single
 * rows until a search finds them.
 */
final class LagBenchmark implements Benchmark {
  private static final int KEYS = 10_000;
  private static final long FIRST_SENTINEL = 1L << 40;
  private static final Pattern LAG =
      Pattern.compile("lag_ms:\\s+last: \\d+\\s+p50: (\\d+)\\s+p99: (\\d+)");

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    bed.session().execute(Items.create("bench.item"));
    bed.install("table: bench.item, direction: cassandra-to-elasticsearch");
    Items items = new Items(bed.session(), "bench.item");
    InFlight.run(KEYS, 64, i -> items.write(i, 0));
    try (Child daemon = bed.daemon()) {
      Poll.untilQuiet(() -> bed.http().indexed("bench_item"), KEYS, Duration.ofSeconds(2), daemon);
      write(items, sizes.rate, sizes.lagWarmup, daemon);
      List<Double> searchable = new CopyOnWriteArrayList<>();
      double cpuBefore = daemon.facts().cpuSeconds();
      ExecutorService sentinels = Executors.newSingleThreadExecutor();
      try {
        sentinels.execute(() -> watch(bed, items, sizes.lagSeconds, searchable));
        write(items, sizes.rate, sizes.lagSeconds, daemon);
        // The histogram is saved once a second.
        TimeUnit.MILLISECONDS.sleep(1_200);
        Matcher lag = LAG.matcher(bed.state());
        if (!lag.find()) {
          throw new IllegalStateException("no lag in the state:\n" + bed.state());
        }
        figures.whole("lag.acked_p50_ms", Double.parseDouble(lag.group(1)));
        figures.whole("lag.acked_p99_ms", Double.parseDouble(lag.group(2)));
      } finally {
        sentinels.shutdown();
        if (!sentinels.awaitTermination(30, TimeUnit.SECONDS)) {
          sentinels.shutdownNow();
        }
      }
      figures.whole("lag.searchable_p50_ms", Median.of(searchable));
      figures.whole("lag.searchable_p99_ms", Median.percentile(searchable, 99));
      figures.exact("lag.cpu_share", (daemon.facts().cpuSeconds() - cpuBefore) / sizes.lagSeconds);
    }
  }

  private static void write(Items items, int rate, int seconds, Child daemon) {
    new SteadyRate(rate).run(seconds, i -> items.write(i * 7919L % KEYS, i));
    daemon.checkAlive();
  }

  /** Writes a row now and then, at no fixed distance to refreshes, and looks for it by search. */
  private static void watch(Bed bed, Items items, int seconds, List<Double> searchable) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long id = FIRST_SENTINEL; System.nanoTime() < end; id++) {
      long start = System.nanoTime();
      items.write(id, 0).toCompletableFuture().join();
      String search = "/bench_item/_search?size=0&filter_path=hits.total.value&q=id:" + id;
      while (bed.http().get(search).at("/hits/total/value").asLong() == 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      searchable.add((System.nanoTime() - start) / 1e6);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(37 * (id % 11)));
    }
  }
}
