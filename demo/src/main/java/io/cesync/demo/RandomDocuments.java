package io.cesync.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Several threads that write documents at random, to the same keys as {@link RandomWriter} writes
 * rows: whole ones, parts, and deletes, with the time of the change and without.
 */
final class RandomDocuments implements AutoCloseable {
  private static final int THREADS = 2;

  private final SearchWriter search;
  private final Workload workload;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder acknowledged = new LongAdder();
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * @param perSecond writes of all threads together
   */
  RandomDocuments(SearchWriter search, Workload workload, long seed, double perSecond) {
    this.search = search;
    this.workload = workload;
    long period = (long) (THREADS * 1e9 / perSecond);
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * 1_000_033 + i);
      Thread thread = new Thread(() -> write(random, period), "random-documents-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** How many writes changed something until now. */
  long acknowledged() {
    return acknowledged.sum();
  }

  /**
   * Ends writing and waits for the writes under way.
   *
   * @throws IOException if one failed
   */
  void stop() throws IOException, InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void write(Random random, long period) {
    long next = System.nanoTime();
    try {
      while (!stopped) {
        if (write(new Choice(random)) != SearchWriter.Result.NOTHING) {
          acknowledged.increment();
        }
        next = Math.max(next + period, System.nanoTime() - period);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SearchWriter.Result write(Choice choice) throws IOException, InterruptedException {
    Workload.Document next = workload.nextDocument(choice);
    DocumentWrite write = next.write();
    ObjectNode document = choice.chance(0.5) ? write.document() : write.fields();
    if (choice.chance(0.4)) {
      document.put("_timestamp", Instant.now().toString());
    }
    return switch (choice.weighted(60, 15, 10, 15)) {
      case 0 -> search.update(next.index(), write.id(), document);
      case 1 -> search.upsert(next.index(), write.id(), document);
      case 2 -> search.put(next.index(), write.id(), write.document());
      default -> search.delete(next.index(), write.id());
    };
  }
}
