package io.cesync.sync;

import static io.cesync.sync.Keys.entry;
import static io.cesync.sync.Keys.partition;
import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Operation;
import io.cesync.row.RowImage;
import io.cesync.row.RowImages;
import io.cesync.row.RowKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwoWayPartitionTest {

  private static final int PAGE = 200;
  private static final long NOW = 1_000;

  private final Worklist worklist = new Worklist(false);
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final HandOver handOver =
      new HandOver(worklist, tasks::add, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

  private Pending takeWhole() {
    worklist.add(entry(partition(1), Operation.STATIC, 900, 7), NOW);
    return worklist.take(1, 1, NOW).get(0);
  }

  private static List<RowImage> page(int number) {
    return IntStream.range(number * PAGE, (number + 1) * PAGE)
        .mapToObj(b -> RowImages.of(row(1, b)))
        .toList();
  }

  private static Set<RowKey> keys(List<RowImage> rows) {
    return rows.stream().map(RowImage::key).collect(Collectors.toSet());
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.removeFirst().run();
    }
  }

  @Test
  void ofALargePartitionOnlyAFewRowsWaitAtATimeAndOtherRowsFlyMeanwhile() {
    TwoWayPartition pass =
        new TwoWayPartition(
            takeWhole(),
            handOver,
            rows -> CompletableFuture.completedFuture(keys(rows)),
            Runnable::run);
    int pages = 100;
    Set<RowKey> brought = new HashSet<>();
    int next = 0;
    int mostAtOnce = 0;
    CompletableFuture<Void> page = CompletableFuture.completedFuture(null);
    while (brought.size() < pages * PAGE) {
      while (page.isDone() && next < pages) {
        page = pass.rows(page(next++)).toCompletableFuture();
        runTasks();
      }
      mostAtOnce = Math.max(mostAtOnce, worklist.size());
      RowKey changed = row(1, -1);
      worklist.add(entry(changed, Operation.UPDATE, NOW, 8), NOW);
      List<Pending> taken = worklist.take(HandOver.MOST_OPEN + PAGE + 1, 1, NOW);
      assertThat(taken).extracting(pending -> pending.key).contains(changed);
      taken.forEach(
          row -> {
            worklist.landed(row);
            row.done();
            brought.add(row.key);
          });
      brought.remove(changed);
      runTasks();
    }
    assertThat(mostAtOnce).isGreaterThan(PAGE).isLessThanOrEqualTo(HandOver.MOST_OPEN + PAGE + 1);
  }

  @Test
  void rowsThatAreAsTheirDocumentsAreLeftAloneUnlessTheyAreOnTheirWay() {
    Pending whole = takeWhole();
    worklist.add(entry(row(1, 1), Operation.UPDATE, 950, 8), NOW);
    Pending flying = worklist.take(1, 0, NOW).get(0);
    Set<RowKey> compared = new HashSet<>();
    TwoWayPartition pass =
        new TwoWayPartition(
            whole,
            handOver,
            rows -> {
              compared.addAll(keys(rows));
              // Too late: it may have written what it read before the change.
              worklist.landed(flying);
              return CompletableFuture.completedFuture(Set.of(row(1, 2)));
            },
            Runnable::run);

    CompletableFuture<Void> done = pass.rows(page(0)).toCompletableFuture();
    runTasks();

    assertThat(done).isDone();
    assertThat(compared).hasSize(PAGE - 1).doesNotContain(row(1, 1));
    assertThat(worklist.take(10, 0, NOW))
        .extracting(pending -> pending.key)
        .containsExactlyInAnyOrder(row(1, 1), row(1, 2));
  }

  @Test
  void keysOfDocumentsWithoutARowAreHandedOverAndHoldThePosition() {
    Pending whole = takeWhole();
    TwoWayPartition pass =
        new TwoWayPartition(
            whole, handOver, rows -> CompletableFuture.completedFuture(Set.of()), Runnable::run);

    CompletableFuture<Void> done =
        pass.gone(List.of(RowImages.of(row(1, 3))), Map.of()).toCompletableFuture();
    runTasks();
    worklist.landed(whole);

    assertThat(done).isDone();
    assertThat(worklist.backlog(0).oldestEntry()).isEqualTo(900);
    assertThat(worklist.take(10, 0, NOW).get(0).leastVersion).isEqualTo(7);
  }
}
