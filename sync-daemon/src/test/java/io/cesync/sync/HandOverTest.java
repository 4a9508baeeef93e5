package io.cesync.sync;

import static io.cesync.sync.Keys.partition;
import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandOverTest {

  private final Worklist worklist = new Worklist(false);
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final HandOver handOver =
      new HandOver(worklist, tasks::add, Clock.fixed(Instant.ofEpochMilli(200), ZoneOffset.UTC));

  private static List<Pending> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(b -> new Pending(row(1, b))).toList();
  }

  private CompletableFuture<Void> give(Collection<Pending> rows) {
    CompletableFuture<Void> room = handOver.give(rows).toCompletableFuture();
    runTasks();
    return room;
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  private void bringOver(int rows) {
    for (Pending taken : worklist.take(rows, 0, 300)) {
      worklist.landed(taken);
      taken.done();
    }
    runTasks();
  }

  @Test
  void whoeverGaveTooMuchWaitsUntilThatIsDone() {
    assertThat(give(rows(0, HandOver.MOST_OPEN))).isDone();
    CompletableFuture<Void> one = give(rows(1_000, 1_200));
    CompletableFuture<Void> other = give(rows(2_000, 2_001));
    assertThat(one).isNotDone();

    bringOver(200);
    assertThat(one).isNotDone();
    bringOver(1);
    assertThat(one).isDone();
    assertThat(other).isDone();
  }

  @Test
  void rowsThatWereGivenTwiceAreDoneTogether() {
    assertThat(give(rows(0, HandOver.MOST_OPEN))).isDone();
    CompletableFuture<Void> room = give(rows(0, HandOver.MOST_OPEN));
    assertThat(worklist.size()).isEqualTo(HandOver.MOST_OPEN);

    bringOver(HandOver.MOST_OPEN / 2 - 1);
    assertThat(room).isNotDone();
    bringOver(1);
    assertThat(room).isDone();
  }

  @Test
  void tellsWhoIsOnTheWay() {
    assertThat(give(rows(0, 3))).isDone();
    worklist.take(2, 0, 300);

    var flying =
        handOver.flying(List.of(row(1, 0), row(1, 1), row(1, 2), row(2, 0))).toCompletableFuture();
    assertThat(flying).isNotDone();
    runTasks();
    assertThat(flying).isCompletedWithValue(Set.of(row(1, 0), row(1, 1)));
  }

  /** The position waits for a row that a later look found; its lag doesn't. */
  @Test
  void aRowOfALaterLookHoldsThePositionButIsNotLate() {
    Pending whole = new Pending(partition(1));
    whole.addEntryOf(100);
    assertThat(PartitionPass.rowOf(whole, row(1, 1)).oldestUnbrought).isEqualTo(100);

    whole.takenAt = 200;
    whole.brought(60_000);
    Pending row = PartitionPass.rowOf(whole, row(1, 1));
    assertThat(row.oldestEntry).isEqualTo(100);
    assertThat(row.oldestUnbrought).isEqualTo(Pending.NO_ENTRY);
  }
}
