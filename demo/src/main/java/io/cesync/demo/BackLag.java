package io.cesync.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Measures how long a change takes from Elasticsearch's answer to the row: changes one document
 * after the other that nobody else writes, and looks at its row until it shows that.
 */
final class BackLag implements AutoCloseable {
  private static final long FIRST = 10_000_000;
  private static final int KEYS = 20;
  private static final long LONGEST_MILLIS = 60_000;

  /** More often, and it would take much of what the servers have. */
  private static final long LOOK_MILLIS = 20;

  private final SearchWriter search;
  private final CqlSession session;
  private final String index;
  private final PreparedStatement select;
  private final Histogram millis = new SynchronizedHistogram(LONGEST_MILLIS, 3);
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::measure, "back-lag");
  private volatile boolean stopped;

  BackLag(SearchWriter search, CqlSession session, String keyspace) {
    this.search = search;
    this.session = session;
    this.index = keyspace + "_products";
    this.select = session.prepare("SELECT name FROM %s.products WHERE id = ?".formatted(keyspace));
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What it has been until now. */
  Lag lag() {
    return new Lag(millis.getValueAtPercentile(50), millis.getValueAtPercentile(99));
  }

  /**
   * Ends after the measurement under way.
   *
   * @throws IOException if a write failed
   */
  void stop() throws IOException, InterruptedException {
    stopped = true;
    thread.join();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void measure() {
    try {
      for (int i = 0; !stopped; i++) {
        long id = FIRST + (long) (i % KEYS);
        String name = "change " + i;
        search.upsert(
            index, Long.toString(id), DocumentWrite.object().put("id", id).put("name", name));
        long start = System.nanoTime();
        long taken = 0;
        while (!shows(id, name) && taken < LONGEST_MILLIS) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
          taken = (System.nanoTime() - start) / 1_000_000;
        }
        millis.recordValue(Math.min(taken, LONGEST_MILLIS));
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean shows(long id, String name) {
    Row row = session.execute(select.bind(id)).one();
    return row != null && name.equals(row.getString(0));
  }
}
