package io.cesync.benchmarks;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** Runs requests, a fixed number of them at a time. */
public final class InFlight {
  private InFlight() {}

  /**
   * Starts requests 0 to count − 1 in this order and returns when all are answered.
   *
   * @throws CompletionException if one failed
   */
  public static void run(int count, int most, IntFunction<CompletionStage<?>> request) {
    Semaphore free = new Semaphore(most);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < count && failure.get() == null; i++) {
      free.acquireUninterruptibly();
      request
          .apply(i)
          .whenComplete(
              (done, thrown) -> {
                if (thrown != null) {
                  failure.compareAndSet(null, thrown);
                }
                free.release();
              });
    }
    free.acquireUninterruptibly(most);
    if (failure.get() != null) {
      throw new CompletionException(failure.get());
    }
  }
}
