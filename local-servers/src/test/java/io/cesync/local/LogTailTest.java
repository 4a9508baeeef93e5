package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void leavesOutStackFrames() throws Exception {
    String text =
        """
        java.net.BindException: Address already in use
        \tat java.base/sun.nio.ch.Net.bind(Net.java:555)
        \t... 12 more
        the end
        """;
    Path log = Files.writeString(folder.resolve("log"), text);
    assertThat(LogTail.of(log))
        .isEqualTo("    java.net.BindException: Address already in use\n    the end");
    assertThat(LogTail.contains(log, List.of("already in use"))).isTrue();
    assertThat(LogTail.contains(log, List.of("another text"))).isFalse();
  }

  @Test
  void aMissingLogIsSaid() {
    assertThat(LogTail.of(folder.resolve("none"))).contains("cannot be read");
  }
}
