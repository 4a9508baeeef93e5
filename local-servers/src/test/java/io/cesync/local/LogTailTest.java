package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir private Path folder;

  @Test
  void quotesOnlyTheLastLines() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("log"),
            IntStream.rangeClosed(1, 50_000)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining()));
    assertThat(LogTail.of(log)).startsWith("    line 49976\n").endsWith("    line 50000");
  }

  @Test
  void aMissingLogIsSaid() {
    assertThat(LogTail.of(folder.resolve("none"))).contains("cannot be read");
  }
}
