package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.local.SearchSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small histories at once, on both sides of one pair, while the daemon and the servers die and
 * come back: whenever both sides have come together, every value is one that may stand by the
 * rules, and in the end all is quiet. On one version of the search server. How many is {@code
 * -Dcesync.two-way-histories=N}; they begin with {@code -Dcesync.seed=N}.
 */
abstract class TwoWayHistoriesContract {
  private static final Integer ASKED = Integer.getInteger("cesync.two-way-histories");
  private static final int AT_ONCE = 80;
  private static final int FEW = 12;

  /** Small steps, so that the daemon is killed between them. */
  private static final String[] STEPS = {
    "bulk: {max_documents: 7, in_flight: 1}",
    "read: {in_flight: 2, group_size: 5}",
    "snapshot: {parallelism: 1, page_size: 10}"
  };

  @TempDir Path folder;
  private final long seed = Seeds.one();
  private final Random random = new Random(seed);

  abstract SearchSpec server();

  private Dating dating() {
    return Dating.usual(server());
  }

  private String delivery() {
    return random.nextBoolean() ? "atomic" : "ahead";
  }

  @Test
  void everyValueIsOneThatMayStand() throws Exception {
    Setup setup = new Setup(server(), dating(), Shape.PLAIN, delivery());
    int count = ASKED == null ? 30 : ASKED;
    try (TwoWayPair pair =
            new TwoWayPair("two_way_%d_%s".formatted(seed, text(setup)), setup, folder);
        Histories histories = new Histories(pair, setup, random)) {
      pair.daemon().start();
      pair.awaitAgreement(Histories.AGREEMENT);
      for (int first = 0; first < count; first += AT_ONCE) {
        histories.begin(seed + first, first * TwoWayHistory.KEYS, Math.min(AT_ONCE, count - first));
        phases(histories, 5, true);
        histories.end();
        told(setup, first, histories);
      }
    }
  }

  @Test
  void andSoAreElementsOfCollections() throws Exception {
    fromTheFirstSync(dating(), 2);
  }

  /** For names. */
  private static String text(Setup setup) {
    return setup.dating().name().toLowerCase(Locale.ROOT);
  }

  /** A pair for each round, as it is synced the first time only once. */
  final void fromTheFirstSync(Dating dating, int phases) throws Exception {
    int count = ASKED == null ? FEW : ASKED;
    for (int first = 0; first < count; first += AT_ONCE) {
      Shape shape = first / AT_ONCE % 3 == 2 ? Shape.PLAIN : Shape.COLLECTIONS;
      Setup setup = new Setup(server(), dating, shape, delivery());
      String keyspace = "first_%d_%d_%s".formatted(seed, first, text(setup));
      Path place = Files.createDirectory(folder.resolve(keyspace));
      try (TwoWayPair pair = new TwoWayPair(keyspace, setup, place, STEPS);
          Histories histories = new Histories(pair, setup, random)) {
        histories.begin(seed + first, 0, Math.min(AT_ONCE, count - first));
        histories.first();
        phases(histories, phases, ASKED != null);
        histories.end();
        told(setup, first, histories);
      }
    }
  }

  /** A server's end takes long: at most one. */
  private void phases(Histories histories, int phases, boolean outages) throws Exception {
    int outage = outages ? 1 + random.nextInt(phases - 1) : phases;
    for (int phase = 0; phase < phases; phase++) {
      histories.phase(
          phase == outage
              ? Trouble.ofServers(random)
              : phase % 2 == 0 ? Trouble.NONE : Trouble.ofDaemon(random));
    }
  }

  private void told(Setup setup, int first, Histories histories) {
    System.out.printf(
        "two-way histories: %s, from seed %d: %d writes, %d problems%n",
        setup, seed + first, histories.opCount(), histories.problems());
    assertThat(histories.problems()).as("problems, told above, of seed %d", seed).isZero();
  }
}
