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

  private final Worklist worklist = new Worklist();

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
    assertThat(worklist.backlog().oldestEntry()).isEqualTo(100);

    worklist.landed(flying);
    assertThat(worklist.backlog().oldestEntry()).isEqualTo(150);
    assertThat(worklist.take(10, 10, 200)).extracting(p -> p.key).containsExactly(row(1, 1));
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

    assertThat(worklist.backlog().oldestEntry()).isEqualTo(100);
    assertThat(worklist.size()).isEqualTo(1);

    worklist.release(pending);
    assertThat(worklist.backlog().oldestEntry()).isEqualTo(Pending.NO_ENTRY);
  }

  @Test
  void whatWasNotTakenCannotLand() {
    assertThatThrownBy(() -> worklist.landed(new Pending(row(1, 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  /**
   * Whatever comes and goes: no key is in flight twice, no row together with its whole partition,
   * every entry is in some flight that took off after it came, and the oldest entry is never
   * younger than one that isn't done.
   */
  @Property(tries = 300)
  void noTwoFlightsTouchAndNothingIsLost(@ForAll long seed) {
    Random random = new Random(seed);
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
          flying.addAll(worklist.take(1 + random.nextInt(5), now));
          assertApart(flying);
        }
        default -> {
          if (!flying.isEmpty()) {
            Pending landing = flying.remove(random.nextInt(flying.size()));
            worklist.landed(landing);
            if (random.nextInt(3) == 0) {
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
      assertThat(worklist.backlog().oldestEntry()).isLessThanOrEqualTo(oldest);
    }
    drain(flying, open, now + 1_000);
  }

  private void drain(List<Pending> flying, List<Entry> open, long now) {
    while (!flying.isEmpty() || worklist.size() > 0) {
      flying.forEach(
          p -> {
            worklist.landed(p);
            open.removeIf(e -> e.key().equals(p.key) && e.writeTime() <= p.leastVersion);
          });
      flying.clear();
      flying.addAll(worklist.take(100, now));
    }
    assertThat(open).isEmpty();
  }

  private static void assertApart(List<Pending> flying) {
    Set<RowKey> keys = new HashSet<>();
    Set<String> whole = new HashSet<>();
    for (Pending pending : flying) {
      assertThat(keys.add(pending.key)).as("in flight once: %s", pending.key).isTrue();
      if (pending.key.isWholePartition()) {
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
