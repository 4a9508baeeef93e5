package io.cesync.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Several threads that write at random to the same rows. The same seed gives each thread the same
 * writes, but not the same interleaving.
 *
 * <p>A write that fails because a server is away is counted and passed over: it may have been
 * applied or not. A write that Cassandra calls wrong is a mistake here, and {@link #stop} throws.
 */
public final class RandomWriter implements AutoCloseable {
  private static final long AFTER_FAILURE_NANOS = 50_000_000;

  private final CqlSession session;
  private final Workload workload;
  private final Clock clock = Clock.systemUTC();
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<RuntimeException> mistake = new AtomicReference<>();
  private final AtomicReference<DriverException> lastFailure = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * @param perSecond writes of all threads together; 0 for as many as the server takes
   */
  public RandomWriter(
      CqlSession session, Workload workload, long seed, int threads, double perSecond) {
    this.session = session;
    this.workload = workload;
    long period = perSecond <= 0 ? 0 : (long) (threads * 1e9 / perSecond);
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      Thread thread = new Thread(() -> write(random, period), "random-writer-" + i);
      thread.setDaemon(true);
      this.threads.add(thread);
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  /**
   * How many writes were acknowledged until now.
   *
   * @throws RuntimeException if a write was wrong
   */
  public long acknowledged() {
    requireNoMistake();
    return acknowledged.sum();
  }

  /** How many writes failed until now. */
  public long failed() {
    return failed.sum();
  }

  /**
   * Ends writing and waits for the writes under way.
   *
   * @throws RuntimeException if a write was wrong
   */
  public void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (acknowledged() == 0 && lastFailure.get() != null) {
      throw lastFailure.get();
    }
  }

  private void requireNoMistake() {
    RuntimeException found = mistake.get();
    if (found != null) {
      throw new IllegalStateException("a write that Cassandra calls wrong", found);
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void write(Random random, long period) {
    long next = System.nanoTime();
    while (!stopped && mistake.get() == null) {
      Statement<?> statement = workload.next(random, clock);
      try {
        session.execute(statement);
        acknowledged.increment();
      } catch (InvalidQueryException | SyntaxError e) {
        mistake.compareAndSet(null, new IllegalStateException(Statements.text(statement), e));
      } catch (DriverException e) {
        failed.increment();
        lastFailure.set(e);
        LockSupport.parkNanos(AFTER_FAILURE_NANOS);
      } catch (RuntimeException e) {
        mistake.compareAndSet(null, new IllegalStateException(Statements.text(statement), e));
      }
      // After a pause of the server it doesn't make up for what was not written.
      next = Math.max(next + period, System.nanoTime() - period);
      for (long wait = next - System.nanoTime();
          wait > 0 && !stopped;
          wait = next - System.nanoTime()) {
        LockSupport.parkNanos(Math.min(wait, AFTER_FAILURE_NANOS));
      }
    }
  }
}
