package io.cesync.sync;

import static io.cesync.sync.Keys.entry;
import static io.cesync.sync.Keys.partition;
import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WorklistTest {

  private static final int MOST_WHOLES = 2;

  private static final DocumentStates STATES = Targets.states(Targets.twoWay(null, null));

  private final Worklist worklist = new Worklist(true);

  @Test
  void entriesOfOneKeyAreOneFlight() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    worklist.add(entry(row(1, 1), Operation.UPDATE, 90, 9), 200);

    List<Pending> taken = worklist.take(10, 10, 200);

    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).oldestEntry).isEqualTo(90);
    assertThat(taken.get(0).newestEntry).isEqualTo(100);
    assertThat(taken.get(0).leastVersion).isEqualTo(9);
  }

  @Test
  void whatComesDuringAFlightWaitsForItsEnd() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    Pending flying = worklist.take(10, 10, 200).get(0);
    worklist.add(entry(row(1, 1), Operation.UPDATE, 150, 8), 200);

    assertThat(worklist.take(10, 10, 200)).isEmpty();
    assertThat(worklist.backlog(0).oldestEntry()).isEqualTo(100);

    worklist.landed(flying);
    assertThat(worklist.backlog(0).oldestEntry()).isEqualTo(150);
    assertThat(worklist.take(10, 10, 200)).extracting(p -> p.key).containsExactly(row(1, 1));
  }

  @Test
  void whatCameLaterIsNotWaitedFor() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    worklist.add(entry(row(2, 1), Operation.INSERT, 150, 8), 200);
    assertThat(worklist.isBehind(99)).isFalse();
    assertThat(worklist.isBehind(100)).isTrue();

    Pending first = worklist.take(1, 10, 200).get(0);
    assertThat(worklist.isBehind(100)).isTrue();
    worklist.landed(first);
    assertThat(worklist.isBehind(149)).isFalse();
    assertThat(worklist.isBehind(150)).isTrue();
  }

  @Test
  void whatIsShownMayBeHalfASecondOldButNotWhatIsKept() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    assertThat(worklist.recentBacklog(200).oldestEntry()).isEqualTo(100);
    worklist.add(entry(row(2, 1), Operation.INSERT, 90, 8), 300);

    assertThat(worklist.recentBacklog(700).oldestEntry()).isEqualTo(100);
    assertThat(worklist.backlog(700).oldestEntry()).isEqualTo(90);
    assertThat(worklist.recentBacklog(701).oldestEntry()).isEqualTo(90);
    worklist.add(entry(row(3, 1), Operation.INSERT, 80, 8), 800);
    assertThat(worklist.recentBacklog(1_201).oldestEntry()).isEqualTo(80);
  }

  @Test
  void aWholePartitionFliesAlone() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    worklist.add(entry(partition(1), Operation.DELETE_PARTITION, 110, 8), 200);
    worklist.add(entry(row(2, 1), Operation.INSERT, 120, 9), 200);

    List<Pending> first = worklist.take(10, 10, 200);
    assertThat(first).extracting(p -> p.key).containsExactly(partition(1), row(2, 1));
    assertThat(worklist.take(10, 10, 200)).isEmpty();

    first.forEach(worklist::landed);
    assertThat(worklist.take(10, 10, 200)).extracting(p -> p.key).containsExactly(row(1, 1));
  }

  @Test
  void aPartitionThatIsAlwaysDueLeavesItsRowsTheirTurn() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    worklist.add(entry(partition(1), Operation.DELETE_RANGE, 110, 8), 200);
    Pending whole = worklist.take(10, 10, 200).get(0);
    worklist.add(entry(partition(1), Operation.DELETE_RANGE, 120, 9), 210);
    worklist.landed(whole);

    List<Pending> rows = worklist.take(10, 10, 210);
    assertThat(rows).extracting(p -> p.key).containsExactly(row(1, 1));
    worklist.add(entry(row(1, 1), Operation.UPDATE, 130, 10), 220);
    rows.forEach(worklist::landed);
    assertThat(worklist.take(10, 10, 220)).extracting(p -> p.key).containsExactly(partition(1));
  }

  @Test
  void aDelayedKeyComesWhenItIsDue() {
    Pending pending = new Pending(row(1, 1));
    pending.dueAt = 500;
    worklist.put(pending, 200);

    assertThat(worklist.take(10, 10, 499)).isEmpty();
    assertThat(worklist.nextDueAt()).isEqualTo(500);
    assertThat(worklist.take(10, 10, 500)).containsExactly(pending);
  }

  @Test
  void aNewEntryBringsADelayedKeyForward() {
    Pending pending = new Pending(row(1, 1));
    pending.dueAt = 5_000;
    worklist.put(pending, 200);
    worklist.add(entry(row(1, 1), Operation.UPDATE, 190, 9), 200);

    assertThat(worklist.take(10, 10, 200)).containsExactly(pending);
    worklist.landed(pending);
    assertThat(worklist.take(10, 10, 6_000)).isEmpty();
    assertThat(worklist.size()).isZero();
  }

  @Test
  void aHeldKeyStillCounts() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    Pending pending = worklist.take(1, 10, 200).get(0);
    worklist.landed(pending);
    worklist.hold(pending);

    assertThat(worklist.backlog(0).oldestEntry()).isEqualTo(100);
    assertThat(worklist.size()).isEqualTo(1);

    worklist.release(pending);
    assertThat(worklist.backlog(0).oldestEntry()).isEqualTo(Pending.NO_ENTRY);
  }

  @Test
  void whatWasNotTakenCannotLand() {
    assertThatThrownBy(() -> worklist.landed(new Pending(row(1, 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rowsOfOnePartitionDoNotWaitForEachOther() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    Pending flying = worklist.take(10, 10, 200).get(0);
    worklist.add(entry(row(1, 1), Operation.UPDATE, 150, 8), 210);
    worklist.add(entry(row(1, 2), Operation.INSERT, 150, 9), 210);

    assertThat(keys(worklist.take(10, 10, 210))).containsExactly(row(1, 2));

    worklist.landed(flying);
    assertThat(keys(worklist.take(10, 10, 220))).containsExactly(row(1, 1));
  }

  @Test
  void whatWasCutOffIsReadyAtOnce() {
    for (int b = 0; b < 5; b++) {
      worklist.add(entry(row(1, b), Operation.INSERT, 100, 7), 200);
    }

    assertThat(worklist.take(3, 0, 200)).hasSize(3);
    assertThat(worklist.take(3, 0, 200)).hasSize(2);
    assertThat(worklist.take(3, 0, 200)).isEmpty();
  }

  @Test
  void withoutAPlaceForTheWholeItsRowsFly() {
    worklist.add(entry(partition(1), Operation.DELETE_RANGE, 100, 7), 200);
    assertThat(worklist.take(10, 0, 200)).isEmpty();
    worklist.add(entry(row(1, 1), Operation.INSERT, 110, 8), 210);
    worklist.add(entry(row(1, 2), Operation.INSERT, 110, 9), 210);

    List<Pending> rows = worklist.take(10, 0, 210);
    assertThat(keys(rows)).containsExactly(row(1, 1), row(1, 2));

    rows.forEach(worklist::landed);
    assertThat(keys(worklist.take(10, 1, 220))).containsExactly(partition(1));
  }

  @Test
  void rowsMakeWayForAWholeThatHasAPlace() {
    worklist.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    Pending flying = worklist.take(10, 1, 200).get(0);
    worklist.add(entry(partition(1), Operation.DELETE_RANGE, 110, 8), 210);
    worklist.add(entry(row(1, 2), Operation.INSERT, 110, 9), 210);
    assertThat(worklist.take(10, 1, 210)).isEmpty();

    // Its place is kept for it.
    worklist.add(entry(partition(2), Operation.DELETE_RANGE, 120, 10), 220);
    assertThat(worklist.take(10, 1, 220)).isEmpty();
    worklist.landed(flying);
    Pending whole = worklist.take(10, 1, 230).get(0);
    assertThat(whole.key).isEqualTo(partition(1));

    assertThat(worklist.take(10, 0, 230)).isEmpty();
    worklist.landed(whole);
    assertThat(keys(worklist.take(10, 1, 240))).containsExactly(partition(2), row(1, 2));
  }

  @Test
  void rowsFlyBesideAWholeThatNeedsNotBeAlone() {
    Worklist both = new Worklist(false);
    both.add(entry(row(1, 1), Operation.INSERT, 100, 7), 200);
    both.take(10, 1, 200);
    both.add(entry(partition(1), Operation.STATIC, 110, 8), 210);
    Pending whole = both.take(10, 1, 210).get(0);
    both.add(entry(row(1, 2), Operation.INSERT, 120, 9), 220);
    both.add(entry(partition(1), Operation.STATIC, 120, 10), 220);

    assertThat(whole.key).isEqualTo(partition(1));
    assertThat(keys(both.take(10, 1, 220))).containsExactly(row(1, 2));
    // It may wait for rows: it must not be waited for itself.
    assertThat(both.inFlight()).isEqualTo(2);
    assertThat(both.flyingRows(whole.key.partition()))
        .containsExactlyInAnyOrder(row(1, 1), row(1, 2));
    assertThat(both.size()).isEqualTo(4);
    assertThat(both.backlog(0).oldestEntry()).isEqualTo(100);

    both.landed(whole);
    assertThat(keys(both.take(10, 1, 230))).containsExactly(partition(1));
  }

  private Pending putPatient(RowKey key) {
    Pending pending = Targets.carried(key, STATES, 7, 500);
    worklist.put(pending, 200);
    return pending;
  }

  @Test
  void whatCanWaitLetsOthersPass() {
    Pending patient = putPatient(row(1, 1));
    worklist.add(entry(row(2, 1), Operation.INSERT, 100, 7), 200);
    worklist.add(entry(row(3, 1), Operation.INSERT, 100, 7), 200);

    assertThat(keys(worklist.take(1, 1, 200))).containsExactly(row(2, 1));
    assertThat(worklist.take(5, 1, 200))
        .extracting(p -> p.key)
        .containsExactly(row(3, 1), patient.key);
  }

  @Test
  void whatCanWaitGetsItsShare() {
    for (int a = 0; a < 1_000; a++) {
      putPatient(row(a, 1));
      worklist.add(entry(row(a, 2), Operation.INSERT, 100, 7), 200);
    }
    int patient = 0;
    for (int i = 0; i < 300; i++) {
      patient += (int) worklist.take(3, 0, 200).stream().filter(p -> !p.carries.isEmpty()).count();
    }
    assertThat(patient).isBetween(90, 110);
  }

  @Test
  void whatCannotWaitAnyMoreIsTakenOnce() {
    Pending patient = putPatient(row(1, 1));
    worklist.add(entry(row(2, 1), Operation.INSERT, 100, 7), 200);
    worklist.add(entry(row(1, 1), Operation.UPDATE, 110, 501), 210);
    worklist.add(entry(row(3, 1), Operation.INSERT, 120, 7), 220);

    List<Pending> taken = worklist.take(10, 1, 220);
    assertThat(keys(taken)).containsExactly(row(2, 1), row(1, 1), row(3, 1));
    assertThat(taken).contains(patient);
    taken.forEach(worklist::landed);
    assertThat(worklist.size()).isZero();
    assertThat(worklist.take(10, 1, 230)).isEmpty();
  }

  private static List<RowKey> keys(List<Pending> taken) {
    return taken.stream().map(pending -> pending.key).toList();
  }

  /**
   * Whatever comes and goes: no key is in flight twice, no row together with its whole partition if
   * that is to be alone, no more wholes than there are places for, every entry is in some flight
   * that took off after it came, and the oldest entry is never younger than one that isn't done.
   */
  @Property(tries = 300)
  void noTwoFlightsTouchAndNothingIsLost(@ForAll long seed, @ForAll boolean apart) {
    Random random = new Random(seed);
    Worklist worklist = new Worklist(apart);
    List<Pending> flying = new ArrayList<>();
    List<Entry> open = new ArrayList<>();
    long now = 1_000;
    for (int step = 0; step < 200; step++) {
      now += random.nextInt(20);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          RowKey key =
              random.nextInt(8) == 0
                  ? partition(random.nextInt(3))
                  : row(random.nextInt(3), random.nextInt(4));
          Entry entry = entry(key, Operation.UPDATE, now - random.nextInt(50), step);
          open.add(entry);
          worklist.add(entry, now);
        }
        case 2 -> {
          flying.addAll(worklist.take(1 + random.nextInt(5), places(flying), now));
          assertApart(flying, apart);
          assertThat(places(flying)).isNotNegative();
          assertThat(worklist.inFlight())
              .isEqualTo(apart ? flying.size() : flying.size() - wholes(flying));
        }
        default -> {
          if (!flying.isEmpty()) {
            Pending landing = flying.remove(random.nextInt(flying.size()));
            worklist.landed(landing);
            if (random.nextInt(3) == 0) {
              carry(landing, random);
              landing.dueAt = now + random.nextInt(40);
              worklist.put(landing, now);
            } else {
              open.removeIf(
                  e -> e.key().equals(landing.key) && e.writeTime() <= landing.leastVersion);
            }
          }
        }
      }
      long oldest = open.stream().mapToLong(Entry::millis).min().orElse(Pending.NO_ENTRY);
      assertThat(worklist.backlog(0).oldestEntry()).isLessThanOrEqualTo(oldest);
    }
    drain(worklist, flying, open, now + 1_000);
  }

  /** Some can wait from then on for a while. */
  private static void carry(Pending landing, Random random) {
    if (landing.key.isWholePartition() || random.nextBoolean()) {
      return;
    }
    Pending carried =
        Targets.carried(
            landing.key, STATES, 7, random.nextBoolean() ? Long.MAX_VALUE : landing.leastVersion);
    landing.foundAt = carried.foundAt;
    landing.carries = carried.carries;
    landing.understood = carried.understood;
  }

  private static void drain(Worklist worklist, List<Pending> flying, List<Entry> open, long now) {
    for (int round = 0; !flying.isEmpty() || worklist.size() > 0; round++) {
      assertThat(round).as("stuck").isLessThan(50);
      flying.forEach(
          p -> {
            worklist.landed(p);
            open.removeIf(e -> e.key().equals(p.key) && e.writeTime() <= p.leastVersion);
          });
      flying.clear();
      flying.addAll(worklist.take(100, MOST_WHOLES, now));
    }
    assertThat(open).isEmpty();
  }

  private static int places(List<Pending> flying) {
    return MOST_WHOLES - wholes(flying);
  }

  private static int wholes(List<Pending> flying) {
    return (int) flying.stream().filter(pending -> pending.key.isWholePartition()).count();
  }

  private static void assertApart(List<Pending> flying, boolean wholes) {
    Set<RowKey> keys = new HashSet<>();
    Set<String> whole = new HashSet<>();
    for (Pending pending : flying) {
      assertThat(keys.add(pending.key)).as("in flight once: %s", pending.key).isTrue();
      if (wholes && pending.key.isWholePartition()) {
        whole.add(pending.key.partition());
      }
    }
    for (Pending pending : flying) {
      if (!pending.key.isWholePartition()) {
        assertThat(whole).doesNotContain(pending.key.partition());
      }
    }
  }
}
