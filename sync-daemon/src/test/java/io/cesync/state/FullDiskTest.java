package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving to a disk that is full: a file system of 64 KiB in memory. */
class FullDiskTest {
  private static final State LARGE =
      State.EMPTY.with(
          new TableName("shop", "product"),
          Direction.CASSANDRA_TO_ELASTICSEARCH,
          StreamState.NEW.withLastError(
              new StreamState.LastError(Instant.EPOCH, "x".repeat(40_000))));

  @TempDir Path disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString()),
        "only root can mount a small file system, and not in every container");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  @Test
  void theOldStateStaysAndTheFailureIsTold() throws IOException {
    StateFile file = new StateFile(disk.resolve("state.yaml"));
    file.save(LARGE);

    // The new file does not fit beside the old one.
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> file.save(LARGE))
        .withMessageContaining("can't be saved to " + file.path())
        .withMessageContaining("has room")
        .withMessageContaining("No space left on device");

    assertThat(file.load()).isEqualTo(LARGE);
    Files.delete(file.path());
    file.save(State.EMPTY);
    assertThat(file.load()).isEqualTo(State.EMPTY);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
