package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  @TempDir Path directory;

  @Test
  void itHoldsThePidWhileTheDaemonRuns() throws IOException {
    Path state = directory.resolve("state.yaml");
    Path file = directory.resolve("state.yaml.pid");
    Files.writeString(file, "999999 left behind by a killed daemon");

    try (PidFile pid = PidFile.write(state)) {
      assertThat(file).hasContent(ProcessHandle.current().pid() + "\n");
      assertThat(directory.toFile().list()).containsExactly("state.yaml.pid");
    }

    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsToldOf() {
    assertThatThrownBy(() -> PidFile.write(directory.resolve("none/state.yaml")))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("none/state.yaml.pid")
        .hasMessageContaining("Make sure that its directory is writable");
  }
}
