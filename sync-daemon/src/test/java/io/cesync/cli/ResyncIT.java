package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import io.cesync.state.StateLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An index is rebuilt while it is in use. */
@ExtendWith(LiveServers.Extension.class)
class ResyncIT {

  @TempDir Path directory;
  private final LiveServers servers;

  ResyncIT(LiveServers servers) {
    this.servers = servers;
  }

  private Site site(int rows) {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    insert(site, 0, rows);
    return site;
  }

  private static void insert(Site site, int from, int to) {
    for (int k = from; k < to; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'first')", k);
    }
  }

  private static Cli resync(Site site, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("resync", site.keyspace() + ".t", "-c", site.settingsFile().toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** The indices that are the table's, or were, or are to be. */
  private List<String> indices(Site site) {
    List<String> names = new ArrayList<>();
    servers
        .rest()
        .ok("GET", "/" + site.index("t") + "*/_alias", null)
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }

  private String behind(Site site) {
    return servers.rest().ok("GET", "/" + site.index("t") + "/_alias", null).fieldNames().next();
  }

  @Test
  void nobodyNoticesAndTheDaemonGoesOn() {
    Site site = site(500);
    servers
        .rest()
        .ok(
            "POST",
            "/_aliases",
            """
            {"actions": [{"add": {"index": "%s", "alias": "%s-view", "filter": {"term": {"k": 7}}}}]}
            """
                .formatted(site.index("t"), site.keyspace()));
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      servers.rest().ok("POST", "/" + site.index("t") + "/_refresh", null);
      try (Busy busy = new Busy(site, servers, 500)) {
        Cli first = resync(site, "--drop-old");
        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("is an alias of", "goes on with it", "-view");
        String second = behind(site);
        assertThat(indices(site)).containsExactly(second).doesNotContain(site.index("t"));

        site.relist(
            "t", ", direction: cassandra-to-elasticsearch, index_settings: {number_of_shards: 3}");
        assertThat(resync(site).out()).contains("is kept; delete it").contains(second);
        assertThat(indices(site)).hasSize(2).contains(second, behind(site));
        busy.awaitMore(20);
        busy.check();
      }
      site.cql("DELETE FROM KS.t WHERE k = 7");
      site.awaitEqual("t");
      assertThat(log.with("which a resync has built")).hasSize(2);
      assertThat(log.with("copied anew")).isEmpty();
      assertThat(log.with("ERROR")).isEmpty();
      JsonNode settings =
          servers.rest().ok("GET", "/" + behind(site) + "/_settings", null).path(behind(site));
      assertThat(settings.at("/settings/index/number_of_shards").asInt()).isEqualTo(3);
      assertThat(servers.rest().documents(site.keyspace() + "-view")).isEmpty();
    }
    assertThat(directory).isDirectoryNotContaining(file -> file.toString().contains("resync-"));
    // A start after it has nothing to copy either.
    try (LogLines log = new LogLines()) {
      site.once();
      assertThat(log.with("going on from")).hasSize(1);
    }
  }

  @Test
  void withoutADaemonTheNextOneGoesOnFromThere() {
    Site site = site(50);
    site.once();
    // These the daemon would have brought.
    insert(site, 50, 60);
    site.cql("DELETE FROM KS.t WHERE k = 1");
    assertThat(resync(site, "--drop-old").out()).contains("59 documents (50 before)");
    assertThat(site.documents("t")).isEqualTo(site.rows("t"));
    insert(site, 60, 70);
    try (LogLines log = new LogLines()) {
      site.once();
      assertThat(log.with("going on from")).hasSize(1);
    }
    assertThat(site.documents("t")).hasSize(69).isEqualTo(site.rows("t"));
  }

  @Test
  void aKilledOneGoesOnOrIsGivenUp() {
    Site site = site(1_000);
    site.once();
    site.option("snapshot", "{parallelism: 1, page_size: 10}");
    String next = end(site, false);
    assertThat(resync(site, "--abort").out()).contains("Deleted " + next);
    assertThat(indices(site)).containsExactly(site.index("t"));
    assertThat(resync(site, "--abort").err()).contains("no resync that could be given up");

    next = end(site, true);
    site.option("snapshot", "{enabled: false}");
    // As if it had been killed at the swap.
    servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": true}");
    assertThat(resync(site, "--drop-old").out())
        .contains("Going on with " + next)
        .contains("1,000 documents (1,000 before)");
    assertThat(indices(site)).containsExactly(next);
    assertThat(site.documents("t")).isEqualTo(site.rows("t"));
  }

  /** The name of the index that a resync was building when it was ended in the middle. */
  private String end(Site site, boolean kill) {
    try (DaemonProcess resync = site.process("resync", site.keyspace() + ".t", "--drop-old")) {
      await()
          .until(
              () -> {
                assertThat(resync.isRunning()).as(resync.output()).isTrue();
                return indices(site).size() == 2
                    && Files.readString(progress(site)).contains("status: running");
              });
      Cli other = resync(site, "--drop-old");
      assertThat(other.exitCode()).isEqualTo(1);
      assertThat(other.err()).contains("Another resync (pid ");
      if (kill) {
        resync.kill();
      } else {
        resync.terminate();
        assertThat(resync.exitCode(15)).isEqualTo(1);
        assertThat(resync.output()).contains("Stopped; run it again to go on");
      }
    }
    return indices(site).stream()
        .filter(name -> !name.equals(site.index("t")))
        .findFirst()
        .orElseThrow();
  }

  private Path progress(Site site) {
    return directory.resolve("state.yaml.resync-" + site.keyspace() + ".t");
  }

  @Test
  void whatCanNotBeDoneIsRefusedBeforeAnythingChanges() {
    Site site = site(1);
    site.once();
    assertThat(Cli.run("resync", "-c", site.settingsFile().toString()).exitCode()).isEqualTo(2);
    Cli unknown = Cli.run("resync", "shop.x", "-c", site.settingsFile().toString());
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("shop.x is not in the settings; they have: ");
    assertThat(resync(site).err()).contains("is an index, not an alias", "--drop-old");

    servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": true}");
    assertThat(resync(site, "--drop-old").err()).contains("refuses writes (index.blocks)");
    servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": null}");

    servers.rest().ok("POST", "/" + site.index("t") + "/_close", null);
    assertThat(resync(site, "--drop-old").err()).contains("closed");
    servers.rest().ok("POST", "/" + site.index("t") + "/_open", null);

    assertThat(indices(site)).containsExactly(site.index("t"));
    assertThat(StateLock.holder(site.settings().stateFile())).isEmpty();
  }

  @Test
  void anIndexThatWouldLoseMuchIsKept() {
    Site site = site(20);
    site.once();
    for (int k = 0; k < 15; k++) {
      site.cql("DELETE FROM KS.t WHERE k = ?", k);
    }
    Cli refused = resync(site, "--drop-old");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("has 5 documents", "has 20", "--allow-fewer");
    assertThat(servers.rest().documents(site.index("t"))).hasSize(20);
    assertThat(resync(site, "--drop-old", "--allow-fewer").exitCode()).isZero();
    assertThat(site.documents("t")).hasSize(5).isEqualTo(site.rows("t"));
    // It takes writes.
    insert(site, 0, 3);
    site.once();
    assertThat(site.documents("t")).hasSize(8);
  }
}
