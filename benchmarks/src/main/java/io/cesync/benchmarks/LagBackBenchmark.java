package io.cesync.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * How far rows are behind documents while an application writes documents at a steady rate:
 * measured from outside, of single new documents until their row is read, and of the same, deleted,
 * until it isn't any more.
 */
final class LagBackBenchmark implements Benchmark {
  private static final int KEYS = 10_000;
  private static final long FIRST_SENTINEL = 1L << 40;

  /** Of the application, in a second. */
  private static final int BULKS = 20;

  private static final int STUCK_SECONDS = 60;

  private final List<Double> changed = new CopyOnWriteArrayList<>();
  private final List<Double> deleted = new CopyOnWriteArrayList<>();

  @Override
  public void run(Bed bed, Sizes sizes, Figures figures) throws InterruptedException {
    bed.session().execute(Items.create("bench.item"));
    bed.install("table: bench.item, direction: both");
    Items items = new Items(bed.session(), "bench.item");
    InFlight.run(KEYS, 64, i -> items.write(i, 0));
    Application application = new Application(bed.http());
    SteadyRate rate = new SteadyRate(BULKS);
    int size = Math.max(1, sizes.rateBack / BULKS);
    IntFunction<CompletionStage<?>> change =
        i ->
            application.indexAsync(
                LongStream.range(0, size).map(n -> ((long) i * size + n) * 7919 % KEYS), i + 1);
    try (Child daemon = bed.daemon()) {
      Poll.untilQuiet(() -> bed.http().indexed("bench_item"), KEYS, Duration.ofSeconds(2), daemon);
      rate.run(sizes.lagWarmup, change);
      double cpuBefore = daemon.facts().cpuSeconds();
      ExecutorService sentinels = Executors.newSingleThreadExecutor();
      try {
        Future<?> watching = sentinels.submit(() -> watch(bed, sizes.lagSeconds));
        rate.run(sizes.lagSeconds, change);
        daemon.checkAlive();
        watching.get(2L * STUCK_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException(e);
      } finally {
        sentinels.shutdownNow();
      }
      figures.note("lag-back: %d documents were watched", changed.size());
      figures.whole("lag-back.changed_p50_ms", Median.of(changed));
      figures.whole("lag-back.changed_p99_ms", Median.percentile(changed, 99));
      figures.whole("lag-back.deleted_p50_ms", Median.of(deleted));
      figures.whole("lag-back.deleted_p99_ms", Median.percentile(deleted, 99));
      figures.exact(
          "lag-back.cpu_share", (daemon.facts().cpuSeconds() - cpuBefore) / sizes.lagSeconds);
    }
  }

  /** At no fixed distance to looks. */
  private void watch(Bed bed, int seconds) {
    PreparedStatement select = bed.session().prepare("SELECT id FROM bench.item WHERE id = ?");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long id = FIRST_SENTINEL; System.nanoTime() < end; id++) {
      String path = "/bench_item/_doc/" + id;
      long start = System.nanoTime();
      bed.http().send("PUT", path, new String(Items.document(id, 0), UTF_8));
      changed.add(awaitRow(bed, select, id, true, start));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(37 * (id % 11)));
      start = System.nanoTime();
      bed.http().send("DELETE", path, "");
      deleted.add(awaitRow(bed, select, id, false, start));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(37 * (id % 7)));
    }
  }

  /** Returns the milliseconds since then. */
  private static double awaitRow(
      Bed bed, PreparedStatement select, long id, boolean there, long since) {
    while ((bed.session().execute(select.bind(id)).one() != null) != there) {
      if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(STUCK_SECONDS)) {
        throw new IllegalStateException("row " + id + " isn't as its document");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return (System.nanoTime() - since) / 1e6;
  }
}
