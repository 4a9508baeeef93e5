package io.cesync.benchmarks;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Requests at a steady rate, whatever answers take. */
record SteadyRate(int perSecond) {

  /**
   * Starts requests 0, 1, 2, … for so long; doesn't wait for answers.
   *
   * @throws IllegalStateException if one has failed by then
   */
  void run(int seconds, IntFunction<CompletionStage<?>> request) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    long start = System.nanoTime();
    int count = Math.multiplyExact(perSecond, seconds);
    for (int i = 0; i < count; i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      request.apply(i).whenComplete((done, thrown) -> failure.compareAndSet(null, thrown));
      if (failure.get() != null) {
        throw new IllegalStateException(failure.get());
      }
    }
  }
}
