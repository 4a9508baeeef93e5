package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.local.CassandraNode;
import io.cesync.local.SearchServer;
import java.io.IOException;
import java.nio.file.Path;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small histories at once, on both sides of one pair, while the daemon and the servers die and
 * come back: whenever both sides have come together, every value is one that may stand by the
 * rules, and in the end all is quiet. How many is {@code -Dcesync.two-way-histories=N}; they begin
 * with {@code -Dcesync.seed=N}.
 */
class TwoWayHistoriesIT {
  private static final int HISTORIES = Integer.getInteger("cesync.two-way-histories", 30);
  private static final int AT_ONCE = 80;
  private static final int PHASES = 5;
  private static final int MOST_TOLD = 20;
  private static final int MOST_ROUNDS = 3;
  private static final Duration AGREEMENT = Duration.ofSeconds(90);

  /** What goes wrong while histories go on. */
  private enum Trouble {
    NONE,
    DAEMON_KILLED,
    DAEMON_AWAY,
    SEARCH_KILLED,
    SEARCH_STOPPED,
    CASSANDRA_KILLED,
    CASSANDRA_PAUSED
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> problems = new ArrayList<>();
  private int told;

  @Test
  void everyValueIsOneThatMayStand(@TempDir Path folder) throws Exception {
    long seed = Seeds.one();
    Random random = new Random(seed);
    long ops = 0;
    System.out.printf("two-way histories: seed %d, %d of them%n", seed, HISTORIES);
    String delivery = random.nextBoolean() ? "atomic" : "ahead";
    try (TwoWayPair pair = new TwoWayPair("two_way_" + seed, delivery, folder)) {
      pair.daemon().start();
      pair.awaitAgreement(AGREEMENT);
      for (int first = 0; first < HISTORIES; first += AT_ONCE) {
        List<TwoWayHistory> histories = new ArrayList<>();
        for (int i = first; i < Math.min(HISTORIES, first + AT_ONCE); i++) {
          histories.add(new TwoWayHistory(seed + i, i * TwoWayHistory.KEYS, pair));
        }
        run(pair, histories, random);
        ops += histories.stream().mapToInt(TwoWayHistory::opCount).sum();
        System.out.printf(
            "two-way histories: %d done, %d writes, %d problems%n",
            first + histories.size(), ops, problems.size());
        pair.awaitQuiet(Duration.ofSeconds(2), Duration.ofMinutes(1));
        clear(pair, random);
      }
      assertThat(pair.deadLetters()).isEmpty();
      if (!problems.isEmpty()) {
        System.out.println(pair.daemon().logTail());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(problems.size()).as("problems, told above, of seed %d", seed).isZero();
  }

  private void run(TwoWayPair pair, List<TwoWayHistory> histories, Random random) throws Exception {
    // A server's end takes long: one in a round.
    int outage = 1 + random.nextInt(PHASES - 1);
    for (int phase = 0; phase < PHASES; phase++) {
      Trouble trouble =
          phase == outage
              ? Trouble.values()[3 + random.nextInt(4)]
              : Trouble.values()[phase % 2 == 0 ? 0 : 1 + random.nextInt(2)];
      if (trouble == Trouble.DAEMON_AWAY) {
        pair.daemon().kill();
      }
      List<Future<?>> writing = new ArrayList<>();
      for (TwoWayHistory history : histories) {
        int rows = 3 + random.nextInt(4);
        int documents = 3 + random.nextInt(4);
        writing.add(submit(() -> history.writeRows(rows)));
        writing.add(submit(() -> history.writeDocuments(documents)));
      }
      make(trouble, pair, random);
      await(writing);
      if (trouble == Trouble.DAEMON_AWAY) {
        pair.daemon().start();
      }
      long began = TwoWayPair.micros();
      Map<Integer, Cells> rows = pair.awaitAgreement(AGREEMENT);
      for (TwoWayHistory history : histories) {
        List<String> found = history.agreed(rows, began, trouble != Trouble.NONE);
        found.forEach(problem -> tell(trouble + ", " + problem));
      }
    }
  }

  private void tell(String problem) {
    problems.add(problem);
    if (told++ < MOST_TOLD) {
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

  private static void make(Trouble trouble, TwoWayPair pair, Random random)
      throws IOException, InterruptedException {
    SearchServer search = SharedServers.get().servers().search();
    CassandraNode cassandra = SharedServers.get().servers().cassandra().node(0);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(120));
    switch (trouble) {
      case NONE, DAEMON_AWAY -> {}
      case DAEMON_KILLED -> {
        pair.daemon().kill();
        pair.daemon().start();
      }
      case SEARCH_KILLED -> {
        search.kill();
        search.start();
      }
      case SEARCH_STOPPED -> {
        search.stop();
        search.start();
      }
      case CASSANDRA_KILLED -> {
        cassandra.kill();
        cassandra.start();
      }
      case CASSANDRA_PAUSED -> {
        // Longer than the daemon waits for an answer.
        cassandra.pause();
        TimeUnit.MILLISECONDS.sleep(5_500);
        cassandra.resume();
      }
    }
  }

  /**
   * Half of the rows, and the documents of the other half. What wasn't answered may have come only
   * now, from the batch log, and have no document yet: that goes with the next round.
   */
  private static void clear(TwoWayPair pair, Random random)
      throws InterruptedException, IOException {
    Set<Integer> keys = pair.rows().keySet();
    for (int round = 0; round < MOST_ROUNDS && !keys.isEmpty(); round++) {
      for (int key : keys) {
        if (random.nextBoolean()) {
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
  }
}
