package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.daemon.ReloadRequest;
import io.cesync.live.DaemonProcess;
import io.cesync.live.LiveServers;
import io.cesync.live.Relay;
import io.cesync.live.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changed settings for a daemon that runs. */
@ExtendWith(LiveServers.Extension.class)
class ReloadIT {

  @TempDir Path directory;

  private final LiveServers servers;

  ReloadIT(LiveServers servers) {
    this.servers = servers;
  }

  private Site site() {
    Site site = new Site(servers, directory);
    for (String table : new String[] {"t", "u", "w"}) {
      site.table(table, "k int PRIMARY KEY, v text", "k");
    }
    site.install();
    return site;
  }

  private static Cli reload(Site site) {
    return Cli.run("reload", "-c", site.settingsFile().toString());
  }

  private static void insert(Site site, String table, int k) {
    site.cql("INSERT INTO KS." + table + " (k, v) VALUES (?, 'row')", k);
  }

  /** What is started under nohup hands that on: its daemons get no SIGHUP. */
  private static void assumeSignalsArrive() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long mask = Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16);
    Assumptions.assumeTrue((mask & 1) == 0, "SIGHUP is ignored here, as under nohup");
  }

  private static void signal(DaemonProcess daemon) {
    try {
      new ProcessBuilder("kill", "-HUP", Long.toString(daemon.pid())).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long copies(DaemonProcess daemon) {
    return daemon.output().lines().filter(line -> line.contains("copying the table")).count();
  }

  @Test
  void tablesAndIntervalsChangeWhileWritesGoOn() {
    Site site = site();
    String keyspace = site.keyspace();
    site.unlist("w");
    site.option("interval", "1h");
    AtomicBoolean writing = new AtomicBoolean(true);
    try (DaemonProcess daemon = site.process("run")) {
      await().until(() -> copies(daemon) == 2);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int k = 0; writing.get(); k++) {
                  insert(site, "t", k % 500);
                  site.cql("DELETE FROM KS.t WHERE k = ?", (k + 250) % 500);
                }
              });
      site.option("interval", "100ms");
      Cli interval = reload(site);
      assertThat(interval.all()).contains("interval: 1h -> 100ms");
      assertThat(interval.exitCode()).isZero();
      for (int k = 0; k < 3; k++) {
        insert(site, "u", k);
        site.awaitEqual("u");
      }

      site.unlist("u");
      site.listed("w", "", "k");
      insert(site, "w", 1);
      Cli tables = reload(site);
      assertThat(tables.all())
          .contains("tables[" + keyspace + ".u]: removed", "tables[" + keyspace + ".w]: added");
      insert(site, "u", 77);
      insert(site, "w", 2);
      site.awaitEqual("w");
      assertThat(site.documents("u")).doesNotContainKey("77");
      assertThat(site.state("u").position()).isPresent();

      site.listed("u", "", "k");
      assertThat(reload(site).exitCode()).isZero();
      site.awaitEqual("u");
      writing.set(false);
      writer.join();
      site.awaitEqual("t");
      assertThat(copies(daemon)).as("t, u, and then w").isEqualTo(3);
      assertThat(reload(site).all()).contains("nothing changed");
    }
  }

  @Test
  void badSettingsAreRefusedWithAllErrors() throws IOException {
    Site site = site();
    try (DaemonProcess daemon = site.process("run")) {
      await().until(() -> copies(daemon) == 3);
      site.listed("x", "", "k").listed("y", "", "k");
      Cli missing = reload(site);
      String x = site.keyspace() + ".x: there is no such table";
      String y = site.keyspace() + ".y: there is no such table";
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.err()).contains(x, y);
      assertThat(daemon.output()).contains(x, y);

      site.unlist("x");
      site.unlist("y");
      site.option("elasticsearch", "{hosts: [\"http://127.0.0.1:1\"]}");
      Cli host = reload(site);
      assertThat(host.exitCode()).isEqualTo(2);
      assertThat(host.err()).contains("Only a restart", "elasticsearch.hosts: ");
      site.option("elasticsearch", "{hosts: [\"%s\"]}".formatted(servers.search()));

      site.option("intervall", "1s").option("max_pending", "many");
      Cli wrong = reload(site);
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("intervall", "max_pending");
      // As if it had been mended in between.
      ReloadRequest.write(directory.resolve("state.yaml"));
      await().until(() -> daemon.output().contains("max_pending"));
      assertThat(daemon.output()).contains("intervall", "those before stay in force");

      Files.writeString(directory.resolve("settings.yaml"), "\n  : [", StandardOpenOption.APPEND);
      assertThat(Cli.run("reload", "-c", directory.resolve("settings.yaml").toString()).exitCode())
          .isEqualTo(2);
      insert(site, "t", 1);
      site.awaitDocuments("t", documents -> assertThat(documents).containsOnlyKeys("1"));
    }
  }

  @Test
  void whileAServerIsAwayTheSettingsBeforeStay() {
    try (Relay relay = new Relay(servers.search())) {
      Site site = site();
      site.unlist("u");
      site.option("elasticsearch", "{hosts: [\"%s\"]}".formatted(relay.uri()));
      try (DaemonProcess daemon = site.process("run")) {
        await().until(() -> copies(daemon) == 2);
        site.listed("u", "", "k");
        relay.cut();
        insert(site, "t", 1);
        Cli away = reload(site);
        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.err()).contains("those before stay in force", relay.uri().toString());
        relay.mend();
        site.awaitEqual("t");
        assertThat(reload(site).out()).contains("tables[" + site.keyspace() + ".u]: added");
        insert(site, "u", 1);
        site.awaitEqual("u");
        assertThat(copies(daemon)).isEqualTo(3);
      }
    }
  }

  @Test
  void manySignalsAndAKillLoseNothing() throws IOException {
    assumeSignalsArrive();
    Site site = site();
    try (DaemonProcess daemon = site.process("run")) {
      await().until(() -> copies(daemon) == 3);
      for (int k = 0; k < 40; k++) {
        site.option("max_pending", Integer.toString(1_000 + k));
        site.settingsFile();
        signal(daemon);
        insert(site, "t", k);
      }
      await().until(() -> daemon.output().contains("-> 1039"));
      site.awaitEqual("t");
      insert(site, "t", 100);
      site.option("max_pending", "5000");
      site.settingsFile();
      signal(daemon);
      daemon.kill();
    }
    Cli none = reload(site);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("No daemon runs with");
    insert(site, "t", 101);
    try (DaemonProcess daemon = site.process("run")) {
      site.awaitEqual("t");
      assertThat(copies(daemon)).isZero();
    }
  }
}
