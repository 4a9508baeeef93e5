package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies while it saves, or while it holds the lock. */
class StateKillTest {
  private static final TableName TABLE = new TableName("shop", "product");

  @TempDir Path directory;

  /**
   * Saves states with a growing count of rows, each of a different length, and prints the count
   * after each save.
   */
  static final class Saver {
    public static void main(String[] arguments) {
      StateFile file = new StateFile(Path.of(arguments[0]));
      StateLock.acquire(file.path());
      for (int count = 1; ; count++) {
        file.save(state(count));
        System.out.println(count);
      }
    }
  }

  private static State state(int count) {
    StreamState stream =
        StreamState.NEW
            .withCounts(new Counts(count, 0, 0, 0, 0, 0, 0, 0))
            .withLastError(
                new StreamState.LastError(Instant.EPOCH, "x".repeat(count * 7919 % 20_000)));
    return State.EMPTY.with(TABLE, Direction.CASSANDRA_TO_ELASTICSEARCH, stream);
  }

  @RepeatedTest(4)
  void aKilledSaveLeavesTheOldStateOrTheNewOne(RepetitionInfo repetition)
      throws IOException, InterruptedException {
    Path path = directory.resolve("state.yaml");
    Random random = new Random(repetition.getCurrentRepetition());
    int seen = 0;
    try (ChildJvm saver = new ChildJvm(Saver.class, path.toString())) {
      int enough = 2 + random.nextInt(20);
      while (seen < enough) {
        seen = Integer.parseInt(saver.readLine());
      }
      // Anywhere in the next save.
      LockSupport.parkNanos(Duration.ofMillis(5).dividedBy(1 + random.nextInt(50)).toNanos());
      saver.kill();
    }

    State loaded = new StateFile(path).load();

    int count = count(loaded);
    assertThat(count).isGreaterThanOrEqualTo(seen);
    assertThat(loaded).isEqualTo(state(count));
    new StateFile(path).save(state(1));
    assertThat(new StateFile(path).load()).isEqualTo(state(1));
  }

  /** What another process can read at an instant is what a kill at that instant leaves. */
  @Test
  void atNoInstantIsTheFileUnreadable() throws IOException {
    Path path = directory.resolve("state.yaml");
    try (ChildJvm saver = new ChildJvm(Saver.class, path.toString())) {
      assertThat(saver.readLine()).isEqualTo("1");
      int last = 1;
      while (last < 100) {
        int count = count(new StateFile(path).load());
        assertThat(count).isGreaterThanOrEqualTo(last);
        last = count;
      }
    }
  }

  private static int count(State state) {
    return (int) state.stream(TABLE, Direction.CASSANDRA_TO_ELASTICSEARCH).counts().applied();
  }

  @Test
  void anotherProcessThatHoldsTheLockIsNamedUntilItDies() throws IOException, InterruptedException {
    Path path = directory.resolve("state.yaml");
    try (ChildJvm daemon = new ChildJvm(Saver.class, path.toString())) {
      assertThat(daemon.readLine()).isEqualTo("1");

      assertThat(StateLock.holder(path)).contains(Long.toString(daemon.pid()));
      StateLockTest.assertHeld(path, Long.toString(daemon.pid()));
      daemon.kill();
    }

    assertThat(StateLock.holder(path)).isEqualTo(Optional.empty());
    StateLock.acquire(path).close();
  }
}
