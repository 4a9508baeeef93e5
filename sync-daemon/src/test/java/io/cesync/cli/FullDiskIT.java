package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cesync.live.DaemonProcess;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that can't remember what it does any more must not go on doing it. */
@ExtendWith(LiveServers.Extension.class)
class FullDiskIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Path disk;

  FullDiskIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk.toString()),
        "only root can mount a small file system, and not in every container");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  @Test
  void itStopsLoudlyAndNothingIsLost() throws IOException {
    Path state = disk.resolve("state.yaml");
    Site site =
        new Site(servers, directory)
            .option("state_file", state.toString())
            .table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    Path filler = disk.resolve("filler");
    try (DaemonProcess daemon = site.process("run")) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (0, 'before')");
      site.awaitEqual("t");
      await().until(() -> site.state("t").counts().applied() > 0);
      fill(filler);
      for (int k = 1; k < 50; k++) {
        site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'full')", k);
      }

      assertThat(daemon.exitCode(60)).isEqualTo(1);
      assertThat(daemon.output())
          .contains("cesync: The state can't be saved to " + state)
          .contains("has room", "No space left on device")
          .doesNotContain("\tat ");
      assertThat(daemon.isRunning()).isFalse();
    }
    for (int k = 50; k < 100; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'while it was down')", k);
    }
    site.cql("DELETE FROM KS.t WHERE k = 0");
    Files.delete(filler);

    site.once();

    site.awaitEqual("t");
    assertThat(site.documents("t")).hasSize(99);
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
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
