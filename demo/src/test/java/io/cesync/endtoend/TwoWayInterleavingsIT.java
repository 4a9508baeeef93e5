package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.demo.SearchWriter.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both sides of many rows change at about the same moment, by chance in either order and at any
 * step of the daemon; and what a change costs. How many rows is {@code -Dcesync.two-way-rows=N},
 * how often each is changed {@code -Dcesync.two-way-rounds=N}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoWayInterleavingsIT {
  private static final int ROWS = Integer.getInteger("cesync.two-way-rows", 200);
  private static final int ROUNDS = Integer.getInteger("cesync.two-way-rounds", 2);
  private static final int MOST_DELAY = 150;
  private static final Duration WITHIN = Duration.ofSeconds(90);

  private final ExecutorService threads = Executors.newFixedThreadPool(48);
  private final Random random = new Random(Seeds.one());
  private TwoWayPair pair;
  private PreparedStatement insert;

  /** Each test has rows of its own. */
  private int firstKey = -ROWS;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    System.out.printf("two-way interleavings: seed %d%n", Seeds.one());
    pair = new TwoWayPair("interleavings", "atomic", folder);
    pair.daemon().start();
    insert =
        pair.session()
            .prepare(
                "INSERT INTO %s (k, a, b, c) VALUES (?, 'old', 'old', 'old')"
                    .formatted(pair.table()));
  }

  @AfterAll
  void stop() throws InterruptedException {
    threads.shutdownNow();
    pair.close();
  }

  /** A write to one row or its document. */
  private interface Write {
    void run(int key) throws IOException, InterruptedException;
  }

  private void fill() throws Exception {
    firstKey += ROWS;
    all(key -> pair.session().execute(insert.bind(key)));
    assertThat(awaitAgreement()).hasSize(ROWS);
  }

  private Map<Integer, Cells> awaitAgreement() throws InterruptedException {
    return new TreeMap<>(pair.awaitAgreement(WITHIN)).tailMap(firstKey);
  }

  private void all(Write write) throws Exception {
    together(write, key -> {}, 1);
  }

  /** Two writes for each key, each after a delay of its own. */
  private void together(Write one, Write other, int mostDelay) throws Exception {
    List<Future<Void>> running = new ArrayList<>();
    for (int key = firstKey; key < firstKey + ROWS; key++) {
      for (Write write : List.of(one, other)) {
        int k = key;
        int delay = random.nextInt(mostDelay);
        Callable<Void> call =
            () -> {
              TimeUnit.MILLISECONDS.sleep(delay);
              write.run(k);
              return null;
            };
        running.add(threads.submit(call));
      }
    }
    for (Future<Void> each : running) {
      each.get();
    }
  }

  private void update(int key, ObjectNode fields) throws IOException, InterruptedException {
    assertThat(pair.writer().update(pair.index(), Integer.toString(key), fields))
        .isEqualTo(Result.CHANGED);
  }

  private static ObjectNode fields(String field, String value) {
    return JsonNodeFactory.instance.objectNode().put(field, value);
  }

  @Test
  void aFieldAndAnotherColumnBothStand() throws Exception {
    fill();
    PreparedStatement column =
        pair.session().prepare("UPDATE %s SET b = ? WHERE k = ?".formatted(pair.table()));
    for (int round = 0; round < ROUNDS; round++) {
      String value = "new" + round;
      together(
          key -> update(key, fields("a", value)),
          key -> pair.session().execute(column.bind(value, key)),
          MOST_DELAY);
      Map<Integer, Cells> rows = awaitAgreement();
      assertThat(rows).hasSize(ROWS);
      rows.forEach(
          (key, row) -> {
            assertThat(row.cell("a").value()).as("a of %s, round %s", key, value).isEqualTo(value);
            assertThat(row.cell("b").value()).as("b of %s, round %s", key, value).isEqualTo(value);
            assertThat(row.cell("c").value()).as("c of %s, round %s", key, value).isEqualTo("old");
          });
    }
    System.out.printf("two-way interleavings: %d pairs of a field and a column%n", ROWS * ROUNDS);
  }

  /** The document's time is always newer than what it had before; of the two the newer wins. */
  @Test
  void ofOneFieldTheNewerStands() throws Exception {
    fill();
    PreparedStatement column =
        pair.session()
            .prepare("UPDATE %s USING TIMESTAMP ? SET a = ? WHERE k = ?".formatted(pair.table()));
    for (int round = 0; round < ROUNDS; round++) {
      long time = TwoWayPair.micros() + (round + 1) * 60_000_000L;
      String value = "of" + round;
      together(
          key ->
              update(
                  key,
                  fields("a", "document " + value)
                      .put("_timestamp", Instant.EPOCH.plus(time, ChronoUnit.MICROS).toString())),
          key ->
              pair.session()
                  .execute(column.bind(time + (key % 2 == 0 ? 1 : -1), "row " + value, key)),
          MOST_DELAY);
      awaitAgreement()
          .forEach(
              (key, row) ->
                  assertThat(row.cell("a").value())
                      .as("a of %s", key)
                      .isEqualTo((key % 2 == 0 ? "row " : "document ") + value));
    }
    System.out.printf("two-way interleavings: %d pairs of one field%n", ROWS * ROUNDS);
  }

  /** Measured by the servers themselves. */
  @Test
  void aChangeIsWrittenOnceOnEachSide() throws Exception {
    fill();
    costs(key -> update(key, fields("a", "document")));
    costs(
        key ->
            pair.session()
                .execute("UPDATE %s SET b = 'row' WHERE k = %d".formatted(pair.table(), key)));
    costs(key -> pair.writer().delete(pair.index(), Integer.toString(key)));
    costs(
        key ->
            pair.writer()
                .put(pair.index(), Integer.toString(key), fields("a", "anew").put("k", key)));
    costs(
        key ->
            update(
                key,
                fields("c", "dated").put("_timestamp", Instant.now().plusSeconds(600).toString())));
    costs(
        key ->
            pair.session()
                .execute(
                    "DELETE FROM %s USING TIMESTAMP %d WHERE k = %d"
                        .formatted(pair.table(), TwoWayPair.micros() + 3_600_000_000L, key)));
    assertThat(awaitAgreement()).isEmpty();
  }

  /** The application's own write on one side, and one on the other. */
  private void costs(Write write) throws Exception {
    pair.awaitQuiet(Duration.ofSeconds(2), WITHIN);
    List<Long> before = pair.writes();
    all(write);
    awaitAgreement();
    pair.awaitQuiet(Duration.ofSeconds(2), WITHIN);
    List<Long> after = pair.writes();
    assertThat(List.of(after.get(0) - before.get(0), after.get(1) - before.get(1)))
        .as("writes to the index and to the table")
        .isEqualTo(List.of((long) ROWS, (long) ROWS));
  }
}
