package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.cesync.ledger.Debts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WriteBehindTest {

  private static final MemoryShare SHARE = MemoryShare.of(1_000, 1);
  private static final long NOW = 5_000;

  /** A ledger that answers when the test says so. */
  private static final class Script implements Debts {
    final Deque<CompletableFuture<Void>> writes = new ArrayDeque<>();
    int owed = 10;
    long bytes = 100;

    @Override
    public int owed() {
      return owed;
    }

    @Override
    public long owedChars() {
      return owed;
    }

    @Override
    public long owedBytes() {
      return bytes;
    }

    @Override
    public CompletionStage<Void> writeOwed() {
      writes.add(new CompletableFuture<>());
      return writes.getLast();
    }

    @Override
    public CompletionStage<Void> flush() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> stop() {
      return CompletableFuture.completedFuture(null);
    }
  }

  private final Script ledger = new Script();
  private final Worklist worklist = new Worklist(true);
  private final Gate cassandra = new Gate("Cassandra", new Backoff(1_000, 1_000), new Random(1));
  private final List<String> errors = new ArrayList<>();
  private final WriteBehind behind =
      new WriteBehind(
          ledger,
          worklist,
          SHARE,
          cassandra,
          Runnable::run,
          Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
          errors::add);

  private void addDueKey() {
    Pending pending = new Pending(Keys.row(1, 1));
    worklist.put(pending, NOW);
  }

  private static Throwable away() {
    return AllNodesFailedException.fromErrors(List.of());
  }

  @Test
  void oneRequestAtATimeAndNoneForNothing() {
    behind.step(NOW, false, false);
    behind.step(NOW, false, false);
    assertThat(ledger.writes).hasSize(1);
    ledger.writes.remove().complete(null);
    behind.step(NOW, false, false);
    assertThat(ledger.writes).hasSize(1);
    ledger.writes.remove().complete(null);

    ledger.owed = 0;
    behind.step(NOW, false, true);
    assertThat(ledger.writes).isEmpty();
  }

  @Test
  void otherWorkGoesFirstUnlessItHurriesOrMuchIsOwed() {
    behind.step(NOW, true, false);
    addDueKey();
    behind.step(NOW, false, false);
    assertThat(ledger.writes).isEmpty();

    behind.step(NOW, false, true);
    assertThat(ledger.writes).hasSize(1);
    ledger.writes.remove().complete(null);

    ledger.bytes = SHARE.pendingKeys() * 700L;
    behind.step(NOW, true, false);
    assertThat(ledger.writes).as("a few entries, but large ones").hasSize(1);
  }

  /** Else nobody would: there is no room for work that could try, because of what is owed. */
  @Test
  void itTriesOutWhetherCassandraIsBackIfNothingElseCan() {
    cassandra.failed("away", NOW - 2_000);
    addDueKey();
    behind.step(NOW, false, true);
    assertThat(ledger.writes).as("the key that is due tries").isEmpty();

    List<Pending> taken = worklist.take(1, 0, NOW);
    behind.step(NOW, false, true);
    assertThat(ledger.writes).as("the key on its way does").isEmpty();

    taken.forEach(worklist::landed);
    behind.step(NOW, false, true);
    assertThat(ledger.writes).hasSize(1);
    ledger.writes.remove().complete(null);
    assertThat(cassandra.isOpen()).isTrue();
  }

  @Test
  void whileTheGateIsShutNothingIsWritten() {
    cassandra.failed("away", NOW - 100);
    behind.step(NOW, false, true);
    assertThat(ledger.writes).isEmpty();
  }

  @Test
  void aServersFailureShutsTheGateAnotherOnePauses() {
    behind.step(NOW, false, false);
    ledger.writes.remove().completeExceptionally(away());
    assertThat(cassandra.isOpen()).isFalse();
    assertThat(behind.nextAt(NOW)).isEqualTo(Long.MAX_VALUE);
    assertThat(errors).hasSize(1);

    behind.step(NOW + 1_000, false, false);
    ledger.writes.remove().completeExceptionally(new InvalidQueryException(null, "no such column"));
    assertThat(behind.nextAt(NOW)).isEqualTo(NOW + 1_000);
    behind.step(NOW + 999, false, true);
    assertThat(ledger.writes).isEmpty();
    behind.step(NOW + 1_000, false, true);
    assertThat(ledger.writes).hasSize(1);
  }
}
