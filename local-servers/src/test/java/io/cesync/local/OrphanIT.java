package io.cesync.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No server outlives the JVM that started it. */
class OrphanIT {
  @Test
  void serversDieWithAKilledJvm() throws Exception {
    Process parent = startParent();
    try (BufferedReader out = parent.inputReader()) {
      Running running = Running.read(out);
      assertThat(running.pids).hasSizeGreaterThanOrEqualTo(3).allMatch(OrphanIT::alive);
      assertThat(running.ports).noneMatch(OrphanIT::free);

      parent.destroyForcibly();

      await().atMost(10, SECONDS).until(() -> running.pids.stream().noneMatch(OrphanIT::alive));
      await().atMost(10, SECONDS).until(() -> running.ports.stream().allMatch(OrphanIT::free));
      // The next start would delete them, but not within a minute.
      for (Path folder : running.folders) {
        Folders.delete(folder);
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  private static Process startParent() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OrphanParent.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ChildProcess::lives).orElse(false);
  }

  private static boolean free(int port) {
    return Ports.isFree(List.of(InetAddress.getLoopbackAddress()), port);
  }

  private record Running(List<Long> pids, List<Integer> ports, List<Path> folders) {
    static Running read(BufferedReader out) throws Exception {
      return new Running(
          words(out.readLine()).stream().map(Long::valueOf).toList(),
          words(out.readLine()).stream().map(Integer::valueOf).toList(),
          words(out.readLine()).stream().map(Path::of).toList());
    }

    private static List<String> words(String line) {
      assertThat(line).as("the other JVM's answer").isNotNull();
      return Arrays.asList(line.split(" ", -1));
    }
  }
}
