package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {
  private static final String OWN_PID = Long.toString(ProcessHandle.current().pid());

  @TempDir Path directory;

  @Test
  void oneHoldsItAtATime() {
    Path file = directory.resolve("state.yaml");
    assertThat(StateLock.holder(file)).isEmpty();

    try (StateLock lock = StateLock.acquire(file)) {
      assertThat(lock).isNotNull();
      assertThat(StateLock.holder(file)).contains(OWN_PID);
      assertHeld(file, OWN_PID);
      // Being refused must not have let go of it.
      assertHeld(file, OWN_PID);
      assertThat(StateLock.holder(directory.resolve("other.yaml"))).isEmpty();
    }

    assertThat(StateLock.holder(file)).isEmpty();
    StateLock.acquire(file).close();
  }

  @Test
  void whatAKilledDaemonLeftIsInNobodysWay() throws IOException {
    Path file = directory.resolve("state.yaml");
    Files.writeString(directory.resolve("state.yaml.lock"), "999999\n");

    assertThat(StateLock.holder(file)).isEmpty();
    try (StateLock lock = StateLock.acquire(file)) {
      assertThat(lock).isNotNull();
      assertThat(directory.resolve("state.yaml.lock")).hasContent(OWN_PID);
    }
  }

  @Test
  void aMissingDirectoryIsToldOf() {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> StateLock.acquire(directory.resolve("none/state.yaml")))
        .withMessageContaining("can't be locked");
    assertThat(StateLock.holder(directory.resolve("none/state.yaml"))).isEmpty();
  }

  static void assertHeld(Path file, String pid) {
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> StateLock.acquire(file))
        .withMessageContaining("Another daemon (pid " + pid + ") uses " + file)
        .withMessageContaining("Stop it first");
  }
}
