package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.cesync.demo.Comparison;
import io.cesync.demo.DaemonProcess;
import io.cesync.demo.SettingsText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Entries that appear up to 30 s after their time, out of order, some twice. The trigger is taken
 * away, and this writes the entries itself.
 */
class LateEntriesIT {
  private static final String KEYSPACE = "late";
  private static final String TABLE = "late.things";
  private static final int MOST_MICROS = 30_000_000;

  private final SharedServers shared = SharedServers.get();
  private final CqlSession session = shared.session();
  private final long seed = Seeds.one();
  private final Random random = new Random(seed);

  @Test
  void areAllFound(@TempDir Path folder) throws IOException, InterruptedException {
    System.out.printf("late entries: seed %d%n", seed);
    session.execute(
        "CREATE KEYSPACE late WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("CREATE TABLE late.things (p int, c text, v int, w text, PRIMARY KEY (p, c))");
    String settings =
        SettingsText.of(
            shared.servers().cassandra(),
            shared.servers().search(),
            Map.of(TABLE, "direction: cassandra-to-elasticsearch"));
    try (DaemonProcess daemon = new DaemonProcess(folder, settings)) {
      daemon.command("install");
      daemon.start();
      await().atMost(History.PATIENCE).until(() -> daemon.hasCopied(1));
      session.execute("DROP TRIGGER cesync ON late.things");
      LateLog log = new LateLog(session, KEYSPACE, "things", random);
      for (int i = 0; i < 3000; i++) {
        write(log);
      }
      Comparison comparison =
          new Comparison(session, shared.search(), DefaultConsistencyLevel.LOCAL_ONE);
      await("equal sides, seed " + seed)
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(comparison.compare(List.of(TABLE)).differences())
                      .as(daemon.logTail())
                      .isEmpty());
      assertThat(comparison.compare(List.of(TABLE)).rows()).isPositive();
      assertThat(daemon.stop()).as(daemon.logTail()).isZero();
    } finally {
      session.execute("DROP KEYSPACE late");
    }
  }

  /** A write whose time lies up to 30 s back, and its entry. */
  private void write(LateLog log) {
    long micros =
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - random.nextInt(MOST_MICROS);
    int p = random.nextInt(8);
    int c = random.nextInt(12);
    String partition = "{\"p\":%d}".formatted(p);
    String row = "{\"p\":%d,\"c\":\"%d\"}".formatted(p, c);
    int kind = random.nextInt(20);
    if (kind < 9) {
      session.execute(
          "INSERT INTO %s (p, c, v, w) VALUES (%d, '%d', %d, 'w%3$s') USING TIMESTAMP %d"
              .formatted(TABLE, p, c, random.nextInt(1000), micros));
      log.add("insert", row, Set.of("v", "w"), micros);
    } else if (kind < 14) {
      session.execute(
          "UPDATE %s USING TIMESTAMP %d SET v = %d WHERE p = %d AND c = '%d'"
              .formatted(TABLE, micros, random.nextInt(1000), p, c));
      log.add("update", row, Set.of("v"), micros);
    } else if (kind < 18) {
      session.execute(
          "DELETE FROM %s USING TIMESTAMP %d WHERE p = %d AND c = '%d'"
              .formatted(TABLE, micros, p, c));
      log.add("delete", row, Set.of(), micros);
    } else if (kind < 19) {
      session.execute(
          "DELETE FROM %s USING TIMESTAMP %d WHERE p = %d AND c > '%d'"
              .formatted(TABLE, micros, p, c));
      log.add("delete-range", partition, Set.of(), micros);
    } else {
      session.execute("DELETE FROM %s USING TIMESTAMP %d WHERE p = %d".formatted(TABLE, micros, p));
      log.add("delete-partition", partition, Set.of(), micros);
    }
  }
}
