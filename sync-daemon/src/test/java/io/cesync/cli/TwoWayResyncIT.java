package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The index of a two-way table is rebuilt while applications write to it. */
@ExtendWith(LiveServers.Extension.class)
class TwoWayResyncIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  TwoWayResyncIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeEach
  void install() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a int, b int)");
    site.listed("t", ", direction: both, index: " + first(), "k");
    site.install();
    servers.rest().ok("PUT", "/" + first() + "/_alias/" + site.index("t"), null);
    site.relist("t", ", direction: both");
  }

  private String first() {
    return site.index("t") + "-first";
  }

  private Cli resync(String... more) {
    return Cli.run(arguments(more).toArray(String[]::new));
  }

  private List<String> arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("resync", site.keyspace() + ".t", "-c", site.settingsFile().toString()));
    arguments.addAll(List.of("--follow-old", "2"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private String behind() {
    return servers.rest().ok("GET", "/" + site.index("t") + "/_alias", null).fieldNames().next();
  }

  private boolean exists(String index) {
    return servers.rest().send("HEAD", "/" + index, null).status() == 200;
  }

  @Test
  void nothingThatApplicationsWriteIsLost() {
    try (DaemonThread daemon = site.start();
        LogLines log = new LogLines();
        Applications applications = new Applications(site, servers.rest(), 1)) {
      applications.awaitMore(300);
      Cli first = resync("--drop-old");
      assertThat(first.err()).isEmpty();
      assertThat(first.out())
          .contains("is an alias of", "goes on with it", "Deleted the old index");
      assertThat(exists(first())).isFalse();
      String second = behind();
      applications.awaitMore(300);

      assertThat(resync().out()).contains(second + " is kept; delete it");
      assertThat(behind()).isNotEqualTo(second).isNotEqualTo(first());
      applications.awaitMore(300);
      applications.check();
      assertThat(log.with("ERROR")).isEmpty();
      assertThat(log.with("copied anew")).isEmpty();
      assertThat(directory).isDirectoryNotContaining(file -> file.toString().contains("resync-"));
    }
  }

  @Test
  void killedAtAnyPointItGoesOn() {
    try (DaemonProcess daemon = site.process("run");
        Applications applications = new Applications(site, servers.rest(), 2)) {
      applications.awaitMore(100);
      String name = "state.yaml.resync-" + site.keyspace() + ".t";
      Path progress = directory.resolve(name);
      killOnce(() -> Files.exists(directory.resolve(name + ".indices")));
      killOnce(() -> Files.exists(progress) && Files.readString(progress).contains("status: done"));
      assertThat(resync("--abort").out()).contains("Deleted " + site.index("t") + "-");
      assertThat(behind()).isEqualTo(first());
      applications.awaitMore(100);

      killOnce(() -> !behind().equals(first()));
      assertThat(Cli.run("status", "-c", site.settingsFile().toString()).out())
          .contains("doesn't run: run it again. Applications may write to it already");
      Cli abort = resync("--abort");
      assertThat(abort.err()).contains("Run resync without --abort to end it");
      applications.awaitMore(100);
      assertThat(resync("--drop-old").out()).contains("goes on with it");
      assertThat(exists(first())).isFalse();
      applications.awaitMore(100);
      applications.check();
    }
  }

  private interface Moment {
    boolean isThere() throws Exception;
  }

  private void killOnce(Moment moment) {
    try (DaemonProcess resync =
        site.process("resync", site.keyspace() + ".t", "--follow-old", "2")) {
      await()
          .until(
              () -> {
                assertThat(resync.isRunning()).as(resync.output()).isTrue();
                return moment.isThere();
              });
      resync.kill();
    }
  }

  @Test
  void whatCouldLoseSomethingIsRefused() {
    assertThat(resync().err()).contains("while the daemon runs");
    try (DaemonThread daemon = site.start()) {
      servers.rest().ok("PUT", "/" + site.index("t") + "/_doc/1?routing=x", "{\"a\":1}");
      servers.rest().ok("POST", "/" + site.index("t") + "/_refresh", null);
      assertThat(resync().err()).contains("routing of their own");
      servers.rest().ok("DELETE", "/" + site.index("t") + "/_doc/1?routing=x", null);
      servers.rest().ok("POST", "/" + site.index("t") + "/_refresh", null);

      servers.rest().ok("PUT", "/" + site.index("t") + "/_doc/no-number", "{\"a\":1}");
      await().until(() -> !site.deadLetters("t").isEmpty());
      assertThat(resync().err()).contains("could not be brought to the table", "--allow-fewer");
      assertThat(behind()).isEqualTo(first());
      assertThat(resync("--allow-fewer").out()).contains("is kept; delete it");
      assertThat(behind()).isNotEqualTo(first());
    }
    site.relist("t", ", direction: both, index: " + first());
    assertThat(resync().err()).contains("is an index, not an alias");
    site.relist("t", ", direction: elasticsearch-to-cassandra");
    assertThat(resync().err()).contains("nothing could be brought");
  }
}
