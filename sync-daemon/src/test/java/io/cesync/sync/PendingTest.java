package io.cesync.sync;

import static io.cesync.sync.Keys.entry;
import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PendingTest {
  private static final long LATE_WINDOW = 60_000;

  /**
   * Entries keep coming for a key whose row can't tell whether it shows them, such as a counter:
   * the position stays before every entry that is not final, but not forever.
   */
  @Property(tries = 200)
  void aBusyKeyHoldsThePositionOnlyAsLongAsItMust(@ForAll long seed) {
    Random random = new Random(seed);
    Worklist worklist = new Worklist(true);
    List<Long> notFinal = new ArrayList<>();
    int gap = 1 + random.nextInt(10_000);
    long now = 1_000_000;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(gap);
      long millis = now - (random.nextInt(5) == 0 ? random.nextInt(30_000) : 0);
      worklist.add(entry(row(1, 1), Operation.UPDATE, millis, millis * 1000), now);
      notFinal.add(millis);
      assertThat(worklist.backlog(0).oldestEntry()).isLessThanOrEqualTo(oldest(notFinal));
      if (random.nextInt(3) > 0) {
        continue;
      }
      long takenAt = now;
      for (Pending taken : worklist.take(10, 10, takenAt)) {
        now += random.nextInt(500);
        notFinal.removeIf(entry -> entry <= takenAt - LATE_WINDOW);
        worklist.landed(taken);
        taken.brought(LATE_WINDOW);
        taken.dueAt = now + random.nextInt(5_000);
        worklist.put(taken, now);
      }
      assertThat(worklist.backlog(0).oldestEntry()).isLessThanOrEqualTo(oldest(notFinal));
    }
    assertThat(worklist.backlog(0).oldestEntry()).isGreaterThan(now - 4 * LATE_WINDOW - 20L * gap);
  }

  private static long oldest(List<Long> entries) {
    return entries.stream().mapToLong(Long::longValue).min().orElse(Pending.NO_ENTRY);
  }

  /** A list that was written once more, a moment later: the row may have that. */
  @Property(tries = 1)
  void ofTwoAttemptsToCarryOneDocumentTheLaterCounts() {
    Place place = new Place("era", 0, 7, 1);
    Pending pending = new Pending(row(1, 1));
    pending.carries = pending.carries.plus(new LedgerEntry("1", null, place, 501, Map.of(), 400));
    Pending other = new Pending(row(1, 1));
    other.carries = other.carries.plus(new LedgerEntry("1", null, place, 500, Map.of(), 400));

    pending.merge(other);
    assertThat(pending.carries.knownAt()).isEqualTo(501);
    other.merge(pending);
    assertThat(other.carries.knownAt()).isEqualTo(501);
  }

  @Property(tries = 1)
  void itCanWaitUntilSomethingTellsOfMoreThanItsRowHasGot() {
    assertThat(new Pending(row(1, 1)).canWait()).isFalse();
    assertThat(carried().canWait()).isTrue();
    assertThat(merged(entry(row(1, 1), Operation.INSERT, 1_000, 500)).canWait()).isTrue();

    assertThat(merged(entry(row(1, 1), Operation.UPDATE, 1_000, 501)).canWait()).isFalse();
    assertThat(merged(entry(row(1, 1), Operation.UPDATE, 1_000, Entry.UNKNOWN)).canWait())
        .isFalse();
    Pending changedSince = carried();
    Pending found = new Pending(row(1, 1));
    found.foundAt = new Place(Targets.ERA, 0, 8, 1);
    changedSince.merge(found);
    assertThat(changedSince.canWait()).isFalse();
    Pending settled = carried();
    settled.settled();
    assertThat(settled.canWait()).isFalse();
  }

  private static Pending merged(Entry entry) {
    Pending pending = carried();
    Pending other = new Pending(row(1, 1));
    other.add(entry);
    pending.merge(other);
    return pending;
  }

  private static Pending carried() {
    return Targets.carried(row(1, 1), Targets.states(Targets.twoWay(null, null)), 7, 500);
  }

  /** The lag of a change isn't counted from an earlier one of the same key. */
  @Property(tries = 1)
  void whatWasBroughtIsNotWaitedForAgain() {
    Pending pending = new Pending(row(1, 1));
    pending.add(entry(row(1, 1), Operation.UPDATE, 1_000, 7));
    pending.brought(LATE_WINDOW);
    Pending next = new Pending(row(1, 1));
    next.add(entry(row(1, 1), Operation.UPDATE, 9_000, 8));
    next.merge(pending);

    assertThat(next.oldestUnbrought).isEqualTo(9_000);
    assertThat(next.oldestEntry).isEqualTo(1_000);
  }
}
