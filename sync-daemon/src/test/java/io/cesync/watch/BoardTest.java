package io.cesync.watch;

import static io.cesync.watch.Looks.BACK;
import static io.cesync.watch.Looks.PRODUCT;
import static io.cesync.watch.Looks.THERE;
import static io.cesync.watch.Looks.busy;
import static io.cesync.watch.Looks.idle;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.live.LogLines;
import io.cesync.state.Counts;
import io.cesync.state.SnapshotState;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Looks looks = new Looks();
  private final Board board = looks.board;

  /** Once a second, as the daemon does; what is seen is made from the time. */
  private void each(int seconds, Consumer<Instant> put) {
    for (int i = 0; i < seconds; i++) {
      looks.after(SECOND);
      put.accept(looks.instant());
      looks.look();
    }
  }

  private Verdict verdict() {
    return board.view().verdict();
  }

  @Test
  void aTableWithoutWorkKeepsUpForEver() {
    looks.following();
    each(1000, now -> looks.put(PRODUCT, THERE, idle(now)).put(PRODUCT, BACK, idle(now)));

    assertThat(verdict()).isEqualTo(Verdict.KEEPS_UP);
    assertThat(board.view().problems()).isEmpty();
    assertThat(board.view().notices()).isEmpty();
  }

  @Test
  void workThatIsDoneIsNoStallHoweverOldItIs() {
    Instant old = looks.instant().minusSeconds(3600);
    looks.following();
    each(
        1000,
        now ->
            looks.put(
                PRODUCT,
                THERE,
                busy(old, old.plusMillis(now.toEpochMilli() % 999_983), now.getEpochSecond())));

    assertThat(board.view().problems()).isEmpty();
    assertThat(verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(board.view().streams().get(0).behindMillis()).isGreaterThan(3_600_000);
  }

  @Test
  void workWithoutProgressIsAStallToldOnceAndOnceWhenItIsOver() {
    looks.following();
    Instant stuck = looks.instant();
    try (LogLines log = new LogLines()) {
      each(60, now -> looks.put(PRODUCT, THERE, busy(now, stuck, 7)));
      assertThat(board.view().problems()).isEmpty();

      each(60, now -> looks.put(PRODUCT, THERE, busy(now, stuck, 7)));
      assertThat(board.view().problems())
          .singleElement()
          .asString()
          .matches(
              "shop.product, cassandra-to-elasticsearch: no progress for \\d+ s though there is work");
      assertThat(verdict()).isEqualTo(Verdict.STALLED);
      assertThat(board.view().streams().get(0).verdict()).isEqualTo(Verdict.STALLED);
      assertThat(log.with("no progress for 60 s")).hasSize(1);
      assertThat(log.with("no progress for")).hasSize(1);

      each(2, now -> looks.put(PRODUCT, THERE, idle(now)));
      assertThat(verdict()).isEqualTo(Verdict.KEEPS_UP);
      assertThat(log.with("Over: shop.product, cassandra-to-elasticsearch: no progress"))
          .hasSize(1);
    }
  }

  @Test
  void aServerThatIsAwayNowAndThenHidesNoStall() {
    looks.following();
    Instant stuck = looks.instant();
    each(
        140,
        now ->
            looks
                .servers(now.getEpochSecond() % 2 == 0, true)
                .put(PRODUCT, THERE, busy(now, stuck, 7)));

    assertThat(board.view().problems())
        .anyMatch(p -> p.matches("shop.product, cassandra-to-elasticsearch: no progress for .*"));
  }

  @Test
  void whatItWaitedForIsToldToBeOver() {
    try (LogLines log = new LogLines()) {
      board.waiting("Waiting until this is mended");
      for (int i = 0; i < 62; i++) {
        looks.after(SECOND);
        board.tick();
      }
      assertThat(log.with("Not following any table for 60 s")).hasSize(1);
      looks.following();
      each(1, now -> looks.put(PRODUCT, THERE, idle(now)));
      assertThat(log.with("Over: Not following any table")).hasSize(1);
    }
  }

  @Test
  void beingSentAgainIsNoProgress() {
    looks.following();
    Instant stuck = looks.instant();
    each(
        62,
        now ->
            looks.put(
                PRODUCT,
                THERE,
                new Vitals.Stream(Optional.of(now), 1, 1, 7, Optional.of(stuck), false),
                stream ->
                    stream
                        .withCounts(new Counts(1, 0, 0, now.getEpochSecond(), 0, 0, 0, 0))
                        .withLastError(new StreamState.LastError(now, "index read-only"))));

    assertThat(board.view().problems())
        .singleElement()
        .asString()
        .endsWith("though there is work; the index takes nothing; last error: index read-only");
  }

  @Test
  void aCopyThatStandsIsAStall() {
    looks.following();
    SnapshotState copy = SnapshotState.begun(looks.instant(), 4, List.of(), looks.instant());
    each(30, now -> looks.put(PRODUCT, THERE, idle(now), stream -> stream.withSnapshot(copy)));
    assertThat(verdict()).isEqualTo(Verdict.COPYING);
    assertThat(board.view().streams().get(0).copied()).hasValue(0);

    each(
        40,
        now -> looks.put(PRODUCT, THERE, idle(now), s -> s.withSnapshot(copy.withRange(1, 10))));
    assertThat(verdict()).isEqualTo(Verdict.COPYING);
    assertThat(board.view().streams().get(0).copied()).hasValue(0.25);

    each(30, now -> looks.put(PRODUCT, THERE, idle(now)));
    assertThat(verdict()).isEqualTo(Verdict.STALLED);
  }

  @Test
  void aLogThatIsNotReadIsAStallThoughNothingIsKnownToWait() {
    looks.following();
    Instant readTo = looks.instant();
    each(65, now -> looks.put(PRODUCT, THERE, idle(readTo)).put(PRODUCT, BACK, idle(readTo)));

    assertThat(board.view().problems())
        .anyMatch(
            p -> p.startsWith("shop.product, cassandra-to-elasticsearch: the log hasn't been"))
        .anyMatch(p -> p.contains("elasticsearch-to-cassandra: the index's position hasn't moved"))
        .hasSize(2);
  }

  @Test
  void oneChangeThatCannotBeBroughtOverIsToldThoughOthersAre() {
    looks.following();
    Instant stuck = looks.instant();
    each(662, now -> looks.put(PRODUCT, THERE, busy(now, stuck, now.getEpochSecond())));

    assertThat(board.view().problems())
        .singleElement()
        .asString()
        .contains("the oldest change waits (it was made at " + stuck + ") for 66");
  }

  @Test
  void aServerThatIsAwayIsToldAtOnceAndAProblemLater() {
    looks.following();
    Instant stuck = looks.instant();
    each(5, now -> looks.servers(false, true).put(PRODUCT, THERE, busy(stuck, stuck, 7)));
    assertThat(verdict()).isEqualTo(Verdict.WAITING);
    assertThat(board.view().notices()).containsExactly("Cassandra hasn't answered for 4 s");
    assertThat(board.view().problems()).isEmpty();

    each(60, now -> {});
    assertThat(board.view().problems()).containsExactly("Cassandra hasn't answered for 64 s");

    // Back, but nothing is done yet: that is no stall by itself.
    each(5, now -> looks.servers(true, true));
    assertThat(board.view().problems()).isEmpty();
  }

  @Test
  void waitingForServersIsNoProblemUntilItIsLong() {
    board.waiting("Cassandra can't be reached");
    board.tick();
    assertThat(board.view().waiting()).contains("Cassandra can't be reached");
    assertThat(verdict()).isEqualTo(Verdict.WAITING);
    assertThat(board.view().problems()).isEmpty();

    looks.after(Duration.ofSeconds(61));
    board.tick();
    assertThat(board.view().problems())
        .containsExactly("Not following any table for 61 s: Cassandra can't be reached");
  }

  @Test
  void aLoopThatShowsNothingIsAProblem() {
    looks.following();
    each(3, now -> looks.put(PRODUCT, THERE, idle(now)));
    for (int i = 0; i < 61; i++) {
      looks.after(SECOND);
      board.tick();
    }

    assertThat(board.view().problems())
        .singleElement()
        .asString()
        .startsWith("cesync's own loop has stood");
  }

  @Test
  void whatWasSeenOfAnEngineThatHasEndedDoesNotCount() {
    board.waiting("Stopping");
    looks.put(PRODUCT, THERE, idle(looks.instant())).look();

    assertThat(board.view().vitals()).isEmpty();
    assertThat(board.view().streams()).isEmpty();
  }

  @Test
  void ratesAndLagsOfTheLastMinutesAreKept() {
    looks.following();
    each(
        1200,
        now -> {
          long count = 30 * now.getEpochSecond();
          looks.put(
              PRODUCT,
              THERE,
              // The wait between two looks is no lag.
              idle(now.minusMillis(990)),
              s -> Looks.applied(count).apply(s).withLag(new StreamState.Lag(0, 20, 40)));
        });

    History.Shown history = board.view().streams().get(0).history();
    assertThat(history.rate()).isEqualTo(30);
    assertThat(history.lags()).hasSize(History.MOST).containsOnly(40L);
    assertThat(board.view().streams().get(0).behindMillis()).isZero();
  }
}
