package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

class ThreadsTest {

  @Test
  @EnabledOnOs(value = LINUX, disabledReason = "only Linux tells what threads do")
  void aPausedProcessHasNoneThatRuns(@TempDir Path folder) {
    ChildProcess process =
        ChildProcess.start(List.of("sleep", "60"), folder, Map.of(), folder.resolve("console"));
    try {
      long pid = process.pids().findFirst().orElseThrow();
      assertThat(Threads.areStopped(pid)).isFalse();
      process.pause();
      assertThat(Threads.areStopped(pid)).isTrue();
      process.resume();
      assertThat(Threads.areStopped(pid)).isFalse();
    } finally {
      process.kill();
    }
  }

  @Test
  void oneThatIsGoneDoesNotRun() {
    assertThat(Threads.areStopped(Long.MAX_VALUE)).isTrue();
  }
}
