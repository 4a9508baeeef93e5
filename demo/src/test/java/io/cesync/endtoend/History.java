package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.cesync.demo.Compared;
import io.cesync.demo.Comparison;
import io.cesync.demo.DaemonProcess;
import io.cesync.demo.RandomWriter;
import io.cesync.demo.SearchReader;
import io.cesync.demo.Servers;
import io.cesync.demo.SettingsText;
import io.cesync.demo.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A keyspace of its own, random writes to it from several threads that meet at few keys, and a
 * daemon. Both deliveries of the trigger are in it.
 */
final class History implements AutoCloseable {
  /** Cassandra takes as many writes as this in the time, and fails the test if it doesn't. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int KEYS = 60;
  private static final int MAX_TTL = 4;
  private static final int WRITERS = 6;

  private final long seed;
  private final Workload workload;
  private final CqlSession session;
  private final Comparison comparison;
  private final DaemonProcess daemon;
  private final RandomWriter writer;

  /** Creates and installs everything; nothing is written, no daemon runs. */
  History(
      String keyspace,
      long seed,
      int copies,
      Servers servers,
      CqlSession session,
      SearchReader search,
      Path folder)
      throws IOException, InterruptedException {
    this.seed = seed;
    this.session = session;
    System.out.printf("%s: seed %d%n", keyspace, seed);
    workload = new Workload(keyspace, KEYS, MAX_TTL);
    workload.create(session, copies);
    comparison = new Comparison(session, search, DefaultConsistencyLevel.LOCAL_QUORUM);
    daemon = new DaemonProcess(folder, settings(servers, copies));
    daemon.command("install");
    writer = new RandomWriter(session, workload, seed, WRITERS, 200);
  }

  /** On the shared servers. */
  static History onSharedServers(String keyspace, long seed, Path folder)
      throws IOException, InterruptedException {
    SharedServers shared = SharedServers.get();
    return new History(
        keyspace, seed, 1, shared.servers(), shared.session(), shared.search(), folder);
  }

  private String settings(Servers servers, int copies) {
    Random random = new Random(seed);
    Map<String, String> tables = new LinkedHashMap<>();
    workload
        .tables()
        .forEach(table -> tables.put(table, oneWay(random.nextBoolean() ? "atomic" : "ahead")));
    tables.put(workload.tables().get(0), oneWay("atomic"));
    tables.put(workload.tables().get(1), oneWay("ahead"));
    return SettingsText.of(
        servers.cassandra(),
        servers.search(),
        tables,
        "change_log: {replication: {class: SimpleStrategy, replication_factor: %d}}"
            .formatted(copies));
  }

  private static String oneWay(String delivery) {
    return "delivery: %s, direction: cassandra-to-elasticsearch".formatted(delivery);
  }

  DaemonProcess daemon() {
    return daemon;
  }

  RandomWriter writer() {
    return writer;
  }

  Workload workload() {
    return workload;
  }

  /** Waits until so many more writes were acknowledged. */
  void awaitWrites(long more) {
    long until = writer.acknowledged() + more;
    await("writes of seed " + seed).atMost(PATIENCE).until(() -> writer.acknowledged() >= until);
  }

  /** Waits until so many more writes have failed. */
  void awaitFailures(long more) {
    long until = writer.failed() + more;
    await("failures of seed " + seed).atMost(PATIENCE).until(() -> writer.failed() >= until);
  }

  /** Waits until the daemon has copied every table. */
  void awaitCopied() {
    await("the first copy").atMost(PATIENCE).until(() -> daemon.hasCopied(tableCount()));
  }

  private int tableCount() {
    return workload.tables().size();
  }

  /** Ends writing, and waits until both sides are equal and nothing expires any more. */
  void endsEqual(Duration within) throws InterruptedException {
    writer.stop();
    Instant expired = Instant.now().plusSeconds(MAX_TTL);
    AtomicReference<Compared> last = new AtomicReference<>();
    try {
      await()
          .atMost(within)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(
              () -> {
                boolean over = Instant.now().isAfter(expired);
                last.set(comparison.compare(workload.tables()));
                return over && last.get().equal();
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      assertThat(last.get()).as("seed %d, never compared", seed).isNotNull();
      throw new AssertionError(
          "seed %d: the sides differ after %s:%n%s%n%s"
              .formatted(seed, within, last.get().text(10), daemon.logTail()),
          e);
    }
    assertThat(last.get().rows()).as("rows of seed %d", seed).isPositive();
    System.out.printf(
        "%s: %d writes acknowledged, %d failed, %d rows on both sides%n",
        workload.keyspace(), writer.acknowledged(), writer.failed(), last.get().rows());
    assertThat(deadLetters()).as("dead letters of seed %d", seed).isZero();
  }

  private long deadLetters() {
    return session.execute("SELECT logged_keyspace FROM logger.dead_letter").all().stream()
        .filter(row -> workload.keyspace().equals(row.getString(0)))
        .count();
  }

  /** Ends the daemon in good order. */
  @Override
  public void close() throws InterruptedException {
    writer.close();
    try (DaemonProcess ending = daemon) {
      if (ending.isAlive()) {
        assertThat(ending.stop()).as("exit code; %s", ending.logTail()).isZero();
      }
    }
    session.execute(
        SimpleStatement.newInstance("DROP KEYSPACE " + workload.keyspace())
            .setTimeout(Duration.ofMinutes(1)));
  }
}
