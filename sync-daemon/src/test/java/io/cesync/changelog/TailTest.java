package io.cesync.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The tail in a simulated world: it must find everything, and never say that it has when it hasn't.
 */
class TailTest {

  private static final long START = 1_700_000_000_000L;
  private static final int LATE_WINDOW = 8_000;

  @Property(tries = 25)
  void everyEntryIsFoundBeforeItIsPassed(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedLog log = new SimulatedLog(random, START, random.nextInt(3) == 0 ? 0.05 : 0);
    Found found = new Found();
    long backlog = random.nextInt(3) * 20_000L;
    for (int i = 0; i < 200; i++) {
      log.write(START - 1 - (long) (random.nextDouble() * backlog), START - 1, Operation.UPDATE);
    }
    Tail tail =
        new Tail(
            log,
            new TailTimes(200, 20, LATE_WINDOW, log),
            START - backlog - 1,
            random.nextInt(4) == 0 ? 50 : 100_000,
            log,
            found);
    long lateness = random.nextBoolean() ? 100 : LATE_WINDOW - 500;
    long end = START + 42_000;
    long passed = 0;
    while (log.millis() < end) {
      if (log.millis() < START + 25_000 && random.nextInt(4) == 0) {
        write(log, random, lateness);
      }
      tail.step(log.millis(), () -> CompletableFuture.completedFuture(null));
      log.next(log.millis() + 1 + random.nextInt(10));
      if (tail.confirmedTo() != passed) {
        passed = tail.confirmedTo();
        assertNothingPassed(log, tail, found);
      }
    }
    assertThat(found.ids).containsAll(log.visibleBefore(log.millis() - LATE_WINDOW));
    assertThat(tail.confirmedTo()).isGreaterThan(START + 25_000);
  }

  private static void write(SimulatedLog log, Random random, long lateness) {
    long now = log.millis();
    if (random.nextInt(10) == 0) {
      log.write(now + 1_000 + random.nextInt(9_000), now, Operation.EXPIRE);
    } else {
      long delay =
          random.nextInt(5) == 0 ? (long) (random.nextDouble() * lateness) : random.nextInt(10);
      log.write(now + random.nextInt(500) - 250, now + delay, Operation.UPDATE);
    }
  }

  /** What lies before the tail's word was found, as far as it is there at all. */
  private static void assertNothingPassed(SimulatedLog log, Tail tail, Found found) {
    assertThat(found.ids).containsAll(log.visibleBefore(tail.confirmedTo()));
  }

  private static final class Found implements Tail.Listener {
    private final Set<UUID> ids = new HashSet<>();

    @Override
    public void found(Entry entry, boolean late) {
      ids.add(entry.id());
    }

    @Override
    public void unreadable(LogPage.Unreadable row) {
      throw new AssertionError(row);
    }

    @Override
    public void failed(Throwable cause) {
      assertThat(cause).hasRootCauseMessage("simulated");
    }

    @Override
    public void succeeded() {}
  }
}
