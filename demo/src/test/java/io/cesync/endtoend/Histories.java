package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Histories that go on at once, on one pair. */
final class Histories implements AutoCloseable {
  private static final int MOST_TOLD = 20;
  private static final int MOST_ROUNDS = 3;
  private static final int MOST_KILLS = 3;
  static final Duration AGREEMENT = Duration.ofSeconds(90);

  private final TwoWayPair pair;
  private final Setup setup;
  private final Random random;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<TwoWayHistory> histories = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Histories(TwoWayPair pair, Setup setup, Random random) {
    this.pair = pair;
    this.setup = setup;
    this.random = random;
  }

  /** These, in place of others that are over. */
  void begin(long firstSeed, int firstKey, int count) {
    histories.clear();
    for (int i = 0; i < count; i++) {
      histories.add(
          new TwoWayHistory(firstSeed + i, firstKey + i * TwoWayHistory.KEYS, setup, pair));
    }
  }

  int opCount() {
    return histories.stream().mapToInt(TwoWayHistory::opCount).sum();
  }

  int problems() {
    return problems.size();
  }

  /**
   * Both sides are written to before anything is synced: of a third of the keys only rows, of a
   * third only documents. Then the daemon begins, and is killed while it looks at them.
   */
  void first() throws InterruptedException, ExecutionException, IOException {
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < histories.size(); i++) {
      TwoWayHistory history = histories.get(i);
      int count = 3 + random.nextInt(6);
      if (i % 3 != 1) {
        writing.add(submit(() -> history.writeRows(count)));
      }
      if (i % 3 != 2) {
        writing.add(submit(() -> history.writeDocuments(count, false)));
      }
    }
    await(writing);
    Map<Integer, JsonNode> documents = pair.documents();
    int keys = histories.size() * TwoWayHistory.KEYS;
    long writes = pair.cassandraWrites() + pair.searchWrites();
    long began = TwoWayPair.micros();
    pair.daemon().start();
    int kills = 1 + random.nextInt(MOST_KILLS);
    for (int i = 0; i < kills; i++) {
      writes += 1 + random.nextInt(Math.max(1, keys / kills));
      pair.awaitWrites(writes, Duration.ofSeconds(5));
      pair.daemon().kill();
      pair.daemon().start();
    }
    Map<Integer, Cells> rows = pair.awaitAgreement(AGREEMENT);
    for (TwoWayHistory history : histories) {
      history
          .first(rows, documents, began)
          .forEach(problem -> tell("first sync, " + kills + " kills, " + problem));
    }
  }

  /** Both sides are written to at once, and something goes wrong meanwhile; then they agree. */
  void phase(Trouble trouble) throws InterruptedException, ExecutionException, IOException {
    if (trouble == Trouble.DAEMON_AWAY) {
      pair.daemon().kill();
    }
    List<Future<?>> writing = new ArrayList<>();
    for (TwoWayHistory history : histories) {
      int rows = 3 + random.nextInt(4);
      int documents = 3 + random.nextInt(4);
      writing.add(submit(() -> history.writeRows(rows)));
      writing.add(
          submit(() -> history.writeDocuments(documents, setup.dating().isUpToTheApplication())));
    }
    trouble.make(pair, random);
    await(writing);
    if (trouble == Trouble.DAEMON_AWAY) {
      pair.daemon().start();
    }
    long began = TwoWayPair.micros();
    Map<Integer, Cells> rows = pair.awaitAgreement(AGREEMENT);
    for (TwoWayHistory history : histories) {
      history
          .agreed(rows, began, trouble != Trouble.NONE)
          .forEach(problem -> tell(trouble + ", " + problem));
    }
  }

  private void tell(String problem) {
    problems.add(problem);
    if (problems.size() <= MOST_TOLD) {
      System.out.println(problem);
    }
  }

  /** Work that may throw. */
  private interface Work {
    void run() throws InterruptedException;
  }

  private Future<?> submit(Work work) {
    Callable<Void> call =
        () -> {
          work.run();
          return null;
        };
    return threads.submit(call);
  }

  private static void await(List<Future<?>> all) throws InterruptedException, ExecutionException {
    for (Future<?> one : all) {
      one.get();
    }
  }

  /**
   * All is quiet; then half of the rows go, and the documents of the other half. What wasn't
   * answered may have come only now, from the batch log, and have no document yet: that goes with
   * the next round.
   */
  void end() throws InterruptedException, IOException {
    pair.awaitQuiet(Duration.ofSeconds(2), Duration.ofMinutes(1));
    Set<Integer> keys = pair.rows().keySet();
    for (int round = 0; round < MOST_ROUNDS && !keys.isEmpty(); round++) {
      for (int key : keys) {
        if (!setup.dating().seesDeletes() || random.nextBoolean()) {
          long future = TwoWayPair.micros() + 10_000_000;
          pair.session()
              .execute(
                  "DELETE FROM %s USING TIMESTAMP %d WHERE k = %d"
                      .formatted(pair.table(), future, key));
        } else {
          pair.writer().delete(pair.index(), Integer.toString(key));
        }
      }
      keys = pair.awaitAgreement(AGREEMENT).keySet();
    }
    assertThat(keys).isEmpty();
    assertThat(pair.deadLetters()).isEmpty();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
