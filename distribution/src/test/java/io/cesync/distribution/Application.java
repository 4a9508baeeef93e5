package io.cesync.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cesync.local.CassandraServers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * The owner of the tables, who writes all the time, by statements that were prepared at the
 * beginning.
 */
final class Application implements AutoCloseable {
  private static final AtomicInteger IDS = new AtomicInteger(100_000);
  private static final long PAUSE_NANOS = 5_000_000;

  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicInteger written = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final CqlSession session;
  private final Thread thread;

  Application(CassandraServers cassandra) {
    session = CqlShell.login(cassandra, "shop", "shop-secret");
    List<PreparedStatement> inserts =
        List.of(
            session.prepare("INSERT INTO shop.product (id, name, price) VALUES (?, 'lamp', ?)"),
            session.prepare(
                "INSERT INTO shop.customer (id, name, city) VALUES (?, 'Bob', 'Rome')"));
    thread = new Thread(() -> write(inserts), "application");
    thread.start();
  }

  private void write(List<PreparedStatement> inserts) {
    while (!closing.get()) {
      try {
        int id = IDS.incrementAndGet();
        session.execute(inserts.get(0).bind(id, new BigDecimal("19.90")));
        session.execute(inserts.get(1).bind(id));
        written.incrementAndGet();
      } catch (DriverException e) {
        failures.add(e.toString());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Some more writes, so that each of its statements has met what was changed a moment ago. */
  void awaitWrites() {
    int before = written.get();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !failures.isEmpty() || written.get() > before + 5);
    assertThat(failures).isEmpty();
  }

  @Override
  public void close() {
    closing.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
    assertThat(failures).isEmpty();
  }
}
