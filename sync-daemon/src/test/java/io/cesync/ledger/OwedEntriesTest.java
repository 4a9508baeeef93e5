package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LedgerTables.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwedEntriesTest {

  private record Request(List<Change> changes, CompletableFuture<Void> answer) {}

  private final List<Request> requests = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private int told;
  private final OwedEntries owed =
      new OwedEntries(
          changes -> {
            Request request = new Request(changes, new CompletableFuture<>());
            requests.add(request);
            return request.answer;
          },
          () -> told++);

  private static Place place(long seqNo) {
    return new Place("era", 0, seqNo, 1);
  }

  private static EncodedEntry entry(String id, long seqNo) {
    return new EncodedEntry(id, place(seqNo), new byte[0]);
  }

  private void add(String id, long seqNo, Place before) {
    owed.add(entry(id, seqNo), before, () -> written.add(id + seqNo));
  }

  private void answer(int request) {
    requests.get(request).answer.complete(null);
  }

  private List<String> sent(int request) {
    return requests.get(request).changes.stream()
        .map(c -> c.entry().id() + c.entry().place().seqNo() + from(c.before()))
        .toList();
  }

  private static String from(Place before) {
    return before == null ? "" : "<" + before.seqNo();
  }

  @Test
  void ofEachOnlyTheLastIsWrittenInPlaceOfWhatTheLedgerHas() {
    add("a", 10, place(1));
    add("b", 11, null);
    add("a", 12, place(10));
    assertThat(owed.of("a").orElseThrow().place()).isEqualTo(place(12));
    assertThat(owed.of("c")).isEmpty();
    assertThat(owed.size()).isEqualTo(2);
    assertThat(owed.chars()).isEqualTo(2);

    CompletionStage<Void> writing = owed.write();
    assertThat(sent(0)).containsExactly("a12<1", "b11");
    assertThat(written).as("needn't be any more").containsExactly("a10");
    assertThat(owed.of("a")).as("until it is there").isPresent();

    answer(0);
    assertThat(writing.toCompletableFuture()).isCompleted();
    assertThat(written).containsExactly("a10", "a12", "b11");
    assertThat(told).isEqualTo(1);
    assertThat(owed.size()).isZero();
    assertThat(owed.chars()).isZero();
  }

  @Test
  void whatComesWhileItIsWrittenIsWrittenAfterThat() {
    add("a", 10, null);
    owed.write();
    add("a", 12, place(10));
    assertThat(owed.write().toCompletableFuture()).isCompleted();
    assertThat(requests).as("nothing else is owed").hasSize(1);

    answer(0);
    assertThat(written).as("the ledger doesn't have the last one yet").containsExactly("a10");
    owed.write();
    assertThat(sent(1)).containsExactly("a12<10");
    answer(1);
    assertThat(written).containsExactly("a10", "a12");
    assertThat(owed.size()).isZero();
  }

  /** A counter's document may change all the time while others keep the ledger waiting. */
  @Test
  void oneMayChangeVeryOften() {
    int times = 200_000;
    for (int i = 0; i < times; i++) {
      add("a", i, null);
    }
    owed.write();
    answer(0);
    assertThat(written).hasSize(times);
    assertThat(owed.size()).isZero();
  }

  @Test
  void whatFailedIsStillOwed() {
    add("a", 10, place(1));
    CompletionStage<Void> writing = owed.write();
    requests.get(0).answer.completeExceptionally(new IllegalStateException("down"));
    assertThat(writing.toCompletableFuture()).isCompletedExceptionally();
    assertThat(written).isEmpty();
    assertThat(told).isZero();

    add("a", 11, place(10));
    owed.write();
    assertThat(sent(1)).containsExactly("a11<1");
  }

  @Test
  void whatCantEvenBeSentHasFailed() {
    OwedEntries closed =
        new OwedEntries(
            changes -> {
              throw new IllegalStateException("the session is closed");
            },
            () -> {});
    closed.add(entry("a", 1), null, () -> written.add("a"));
    assertThat(closed.write().toCompletableFuture()).isCompletedExceptionally();
    assertThat(closed.flush().toCompletableFuture()).isCompletedExceptionally();
    assertThat(closed.size()).isEqualTo(1);
  }

  @Test
  void aFlushWritesAllThatIsOwedThenSomeAtATime() {
    int all = OwedEntries.MOST_AT_A_TIME + 500;
    IntStream.range(0, all).forEach(i -> add("k" + i, i, null));
    owed.write();
    CompletableFuture<Void> flushed = owed.flush().toCompletableFuture();
    assertThat(requests).as("what is under way is waited for").hasSize(1);
    add("later", 1, null);
    answer(0);
    assertThat(requests).hasSize(2);
    assertThat(sent(1)).hasSize(501);
    assertThat(flushed).isNotDone();
    answer(1);
    assertThat(flushed).isCompleted();
    assertThat(owed.flush().toCompletableFuture()).isCompleted();
  }

  @Test
  void aFlushDoesNotWaitForWhatComesLater() {
    add("a", 1, null);
    CompletableFuture<Void> flushed = owed.flush().toCompletableFuture();
    add("a", 2, place(1));
    add("b", 3, null);
    answer(0);
    assertThat(flushed).isCompleted();
    assertThat(owed.size()).isEqualTo(2);
  }

  @Test
  void aFlushFailsWithTheFirstThatDoes() {
    add("a", 1, null);
    CompletableFuture<Void> flushed = owed.flush().toCompletableFuture();
    requests.get(0).answer.completeExceptionally(new IllegalStateException("down"));
    assertThat(flushed).isCompletedExceptionally();
  }

  private CompletionStage<Void> instead(String id, Place after, CompletableFuture<Void> answer) {
    return owed.instead(
            id,
            after,
            before -> {
              written.add("instead of" + from(before));
              return answer;
            })
        .orElseThrow();
  }

  @Test
  void whatIsWrittenInsteadTakesThePlaceOfWhatTheLedgerHas() {
    add("a", 10, place(1));
    CompletableFuture<Void> answer = new CompletableFuture<>();
    CompletionStage<Void> done = instead("a", place(20), answer);
    assertThat(written).containsExactly("instead of<1");
    assertThat(owed.of("a")).isPresent();
    answer.complete(null);
    assertThat(done.toCompletableFuture()).isCompleted();
    assertThat(written).containsExactly("instead of<1", "a10");
    assertThat(owed.size()).isZero();
    assertThat(owed.instead("a", null, before -> answer)).isEmpty();
  }

  @Test
  void whatIsWrittenInsteadWaitsForWhatIsUnderWay() {
    add("a", 10, place(1));
    owed.write();
    CompletableFuture<Void> answer = new CompletableFuture<>();
    CompletionStage<Void> done = instead("a", null, answer);
    assertThat(written).isEmpty();
    answer(0);
    assertThat(written).containsExactly("a10", "instead of<10");
    assertThat(done.toCompletableFuture()).isNotDone();
    answer.complete(null);
    assertThat(done.toCompletableFuture()).isCompleted();
  }

  @Test
  void ifThatFailsItIsOwedStill() {
    add("a", 10, place(1));
    assertThat(
            instead("a", null, CompletableFuture.failedFuture(new IllegalStateException("down")))
                .toCompletableFuture())
        .isCompletedExceptionally();
    owed.write();
    assertThat(sent(0)).containsExactly("a10<1");
  }

  /** Whoever read an entry at a number now tells its shard. */
  private static Change inShard(String id, long seqNo) {
    EncodedEntry placed = new EncodedEntry(id, new Place("era", 2, seqNo, 1), new byte[7]);
    return new Change(placed, place(seqNo));
  }

  private List<Integer> shards(int request) {
    return requests.get(request).changes.stream().map(c -> c.entry().place().shard()).toList();
  }

  @Test
  void whatIsOwedIsOwedWithItsShard() {
    add("a", 10, place(1));
    try (OwedEntries.Watch watch = owed.watch(List.of("a"))) {
      assertThat(owed.revise(List.of(inShard("a", 10)), watch).toCompletableFuture()).isCompleted();
    }
    assertThat(requests).isEmpty();
    assertThat(written).isEmpty();
    assertThat(owed.bytes()).isEqualTo(7);

    owed.write();
    assertThat(sent(0)).containsExactly("a10<1");
    assertThat(shards(0)).containsExactly(2);
    answer(0);
    assertThat(written).containsExactly("a10");
    assertThat(owed.bytes()).isZero();
  }

  @Test
  void whatIsBeingWrittenWithoutItsShardIsWrittenOnceMore() {
    add("a", 10, place(1));
    owed.write();
    try (OwedEntries.Watch watch = owed.watch(List.of("a"))) {
      owed.revise(List.of(inShard("a", 10)), watch);
    }
    answer(0);
    assertThat(written).isEmpty();
    owed.write();
    assertThat(sent(1)).containsExactly("a10<10");
    assertThat(shards(1)).containsExactly(2);
    answer(1);
    assertThat(written).containsExactly("a10");
  }

  @Test
  void whatIsNewerStays() {
    try (OwedEntries.Watch watch = owed.watch(List.of("a", "b"))) {
      add("a", 10, place(5));
      add("b", 11, place(6));
      owed.write();
      answer(0);
      add("b", 12, place(11));
      owed.revise(List.of(inShard("a", 5), inShard("b", 6)), watch);
    }
    assertThat(requests).as("the other one is in the ledger by now").hasSize(1);
    owed.write();
    assertThat(sent(1)).containsExactly("b12<11");
  }

  @Test
  void whatIsWrittenBesideIsNewerEvenIfItBeganBefore() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    CompletionStage<Void> before = owed.beside(List.of("a"), () -> answer);
    try (OwedEntries.Watch watch = owed.watch(List.of("a", "b", "c"))) {
      answer.complete(null);
      assertThat(before.toCompletableFuture()).isCompleted();
      owed.beside(List.of("b"), () -> CompletableFuture.completedFuture(null));
      owed.revise(List.of(inShard("a", 1), inShard("b", 2), inShard("c", 3)), watch);
    }
    assertThat(sent(0)).containsExactly("c3<3");
    try (OwedEntries.Watch watch = owed.watch(List.of("a"))) {
      owed.revise(List.of(inShard("a", 4)), watch);
    }
    assertThat(sent(1)).containsExactly("a4<4");
  }

  @Test
  void whatIsntOwedIsWrittenAtOnceAndWhatComesThenAfterIt() {
    CompletionStage<Void> placing;
    try (OwedEntries.Watch watch = owed.watch(List.of("a", "b"))) {
      placing = owed.revise(List.of(inShard("a", 5), inShard("b", 6)), watch);
    }
    assertThat(requests).hasSize(1);
    assertThat(sent(0)).containsExactly("a5<5", "b6<6");
    add("a", 10, place(5));
    owed.write();
    assertThat(requests).hasSize(1);
    assertThat(placing.toCompletableFuture()).isNotDone();

    answer(0);
    assertThat(placing.toCompletableFuture()).isCompleted();
    assertThat(owed.size()).isEqualTo(1);
    owed.write();
    assertThat(sent(1)).containsExactly("a10<5");
    answer(1);
    assertThat(written).containsExactly("a10");
  }

  @Test
  void aShardThatCouldNotBeWrittenIsOwed() {
    CompletionStage<Void> placing;
    try (OwedEntries.Watch watch = owed.watch(List.of("a"))) {
      placing = owed.revise(List.of(inShard("a", 5)), watch);
    }
    requests.get(0).answer.completeExceptionally(new IllegalStateException("down"));
    assertThat(placing.toCompletableFuture()).isCompletedExceptionally();
    owed.write();
    assertThat(sent(1)).containsExactly("a5<5");
  }

  @Test
  void onceItIsStoppedNothingMoreIsWritten() {
    IntStream.range(0, OwedEntries.MOST_AT_A_TIME + 1).forEach(i -> add("k" + i, i, null));
    CompletableFuture<Void> flushed = owed.flush().toCompletableFuture();
    CompletionStage<Void> instead =
        owed.beside(List.of("k0"), () -> instead("k0", place(9), new CompletableFuture<>()));
    CompletableFuture<Void> stopped = owed.stop().toCompletableFuture();
    assertThat(stopped).as("some are being written").isNotDone();

    answer(0);
    assertThat(stopped).isCompleted();
    assertThat(instead.toCompletableFuture()).isCompletedExceptionally();
    assertThat(flushed).isCompletedExceptionally();
    assertThat(owed.write().toCompletableFuture()).isCompletedExceptionally();
    assertThat(owed.beside(List.of("k0"), () -> instead).toCompletableFuture())
        .isCompletedExceptionally();
    try (OwedEntries.Watch watch = owed.watch(List.of("a"))) {
      assertThat(owed.revise(List.of(inShard("a", 5)), watch).toCompletableFuture())
          .isCompletedExceptionally();
    }
    assertThat(requests).hasSize(1);
    assertThat(owed.size()).isEqualTo(1);
  }

  @Test
  void withNothingUnderWayItIsStoppedAtOnce() {
    add("a", 1, null);
    owed.write();
    requests.get(0).answer.completeExceptionally(new IllegalStateException("down"));
    assertThat(owed.stop().toCompletableFuture()).isCompleted();
    assertThat(owed.stop().toCompletableFuture()).isCompleted();
  }

  @Test
  void whatIsOwedIsWeighed() {
    owed.add(new EncodedEntry("a", place(1), new byte[100]), null, () -> {});
    owed.add(new EncodedEntry("b", place(2), new byte[1_000]), null, () -> {});
    owed.add(new EncodedEntry("a", place(3), new byte[200]), null, () -> {});
    assertThat(owed.bytes()).isEqualTo(1_200);
    owed.write();
    owed.add(new EncodedEntry("a", place(4), new byte[50]), null, () -> {});
    assertThat(owed.bytes()).isEqualTo(1_050);
    answer(0);
    assertThat(owed.bytes()).isEqualTo(50);
  }
}
