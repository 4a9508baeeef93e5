package io.cesync.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonProcess;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import io.cesync.state.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** start, status, logs, stop: with real servers, and real processes. */
@ExtendWith(LiveServers.Extension.class)
class BackgroundIT {
  private static final String SECRET = "hunter2-secret";

  @TempDir Path directory;
  private final LiveServers servers;

  BackgroundIT(LiveServers servers) {
    this.servers = servers;
  }

  private record Result(int code, String output) {}

  private static Result run(Site site, String command, String... more) {
    try (DaemonProcess process = site.process(command, more)) {
      return new Result(process.exitCode(90), process.output());
    }
  }

  @Test
  void itRunsInTheBackgroundUntilItIsStopped() throws IOException {
    Site site =
        new Site(servers, directory)
            .table("t", "k int PRIMARY KEY, v text", "k")
            .option("log", "{file: logs/c.log, summary_interval: 1s}")
            .option(
                "elasticsearch",
                "{hosts: [\"%s\"], username: cesync, password: %s}"
                    .formatted(servers.search(), SECRET));
    site.install();
    Path log = directory.resolve("logs/c.log");
    Path pidFile = directory.resolve("state.yaml.pid");
    Files.writeString(pidFile, "1\n");

    Result start = run(site, "start");

    assertThat(start.output())
        .matches(
            "The daemon runs \\(pid \\d+\\); its log is .*c.log, its status page http://127.0.0.1:\\d+/.\\R");
    String pid = start.output().replaceAll("(?s).*pid (\\d+).*", "$1");
    try {
      assertThat(pidFile).hasContent(pid + "\n");
      // It follows: that is what start waited for.
      site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'x')");
      site.awaitEqual("t");
      assertThat(run(site, "status").output())
          .startsWith("The daemon runs (pid " + pid + ") since 20");
      assertThat(run(site, "start"))
          .satisfies(second -> assertThat(second.code()).isEqualTo(1))
          .extracting(Result::output)
          .asString()
          .startsWith("cesync: A daemon runs already (pid " + pid);
      await()
          .untilAsserted(
              () -> assertThat(log).content().contains("t, cassandra-to-elasticsearch: 1 written"));
      assertThat(run(site, "logs").output())
          .contains("Syncing 1 table, Cassandra with Elasticsearch");

      String restarted = run(site, "restart").output();
      assertThat(restarted)
          .contains("(pid " + pid + ") has ended in good order.", "The daemon runs (pid ");
      pid = restarted.replaceAll("(?s).*runs \\(pid (\\d+).*", "$1");
      site.cql("INSERT INTO KS.t (k, v) VALUES (2, 'y')");
      site.awaitEqual("t");

      assertThat(run(site, "stop"))
          .isEqualTo(
              new Result(0, "The daemon (pid %s) has ended in good order.\n".formatted(pid)));
    } finally {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }
    assertThat(pidFile).doesNotExist();
    assertThat(run(site, "stop")).isEqualTo(new Result(0, "No daemon runs.\n"));
    assertThat(run(site, "status").output()).contains("it ended in good order");
    assertThat(Files.readString(log)).doesNotContain(SECRET, "ERROR", "\tat ");
  }

  @Test
  void whyItDoesNotStartIsTold() throws IOException {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY", "k");

    Result untriggered = run(site, "start");

    assertThat(untriggered.code()).isEqualTo(1);
    assertThat(untriggered.output())
        .contains("The daemon ended at its start, with code 1", "it has no trigger")
        .doesNotContain("\tat ");
    assertThat(Files.readString(directory.resolve("cesync.log"))).contains("it has no trigger");

    Path file = Files.writeString(directory.resolve("file"), "");
    site.option("log", "{file: %s/c.log}".formatted(file));
    Result noFolder = run(site, "start");
    assertThat(noFolder.code()).isEqualTo(1);
    assertThat(noFolder.output())
        .contains("The log can't be written to " + file, "change log.file");
  }

  @Test
  void oneThatHangsIsKilledOnlyOnDemand() throws IOException, InterruptedException {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY", "k");
    site.install();
    String pid = run(site, "start").output().replaceAll("(?s).*pid (\\d+).*", "$1");
    try {
      assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
      assertThat(run(site, "stop", "--stop-wait", "1"))
          .isEqualTo(
              new Result(
                  1,
                  "cesync: The daemon (pid %s) hasn't ended within 1 s. Wait longer with --stop-wait, or kill it with --force; nothing is lost by that.\n"
                      .formatted(pid)));
      assertThat(run(site, "stop", "--stop-wait", "1", "--force").output())
          .isEqualTo(
              "The daemon (pid %s) hadn't ended within 1 s, and was killed.\n".formatted(pid));
      assertThat(StateLock.holder(directory.resolve("state.yaml"))).isEmpty();
    } finally {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }

    // What a newer version left isn't touched, nor taken for nothing.
    Path state = directory.resolve("state.yaml");
    String newer = Files.readString(state).replace("format: 1", "format: 2");
    Files.writeString(state, newer);
    assertThat(run(site, "start").output()).contains("has format 2, written by a newer cesync");
    assertThat(run(site, "status").output()).contains("has format 2, written by a newer cesync");
    assertThat(state).hasContent(newer);
  }
}
