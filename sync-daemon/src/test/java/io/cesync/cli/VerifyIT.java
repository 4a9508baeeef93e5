package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import io.cesync.settings.TableName;
import io.cesync.state.VerifyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} finds, and what it leaves alone. */
@ExtendWith(LiveServers.Extension.class)
class VerifyIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private final LiveServers servers;

  VerifyIT(LiveServers servers) {
    this.servers = servers;
  }

  private static Cli verify(Site site, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "verify";
    arguments[1] = "-c";
    arguments[2] = site.settingsFile().toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(arguments);
  }

  private void request(Site site, String method, String path, String body) {
    servers.rest().ok(method, "/" + site.index("t") + path, body);
  }

  @Test
  void findsJustWhatDiffers() throws IOException {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, a text, b int", "k");
    site.install();
    for (int k = 0; k < 50; k++) {
      site.cql("INSERT INTO KS.t (k, a, b) VALUES (?, 'a', 1)", k);
    }
    site.once();
    Cli equal = verify(site);
    assertThat(equal.all()).contains(site.keyspace() + ".t: 50 rows, 50 documents, all equal");
    assertThat(equal.exitCode()).isZero();

    request(site, "DELETE", "/_doc/1", null);
    request(site, "PUT", "/_doc/77", "{\"k\":77}");
    request(site, "PUT", "/_doc/2", "{\"k\":2,\"a\":\"other\",\"b\":1}");
    request(site, "PUT", "/_doc/3", "{\"k\":3,\"a\":\"a\",\"b\":1,\"extra\":true}");
    request(site, "PUT", "/_doc/4", "{\"k\":4,\"a\":\"a\",\"b\":2}");
    request(site, "PUT", "/_doc/5", "{\"k\":5,\"a\":\"a\"}");
    // The same in another spelling.
    request(site, "PUT", "/_doc/6", "{ \"b\": \"1\", \"a\": \"a\", \"k\": 6 }");
    Path file = directory.resolve("found");
    Cli different = verify(site, site.keyspace() + ".t", "--output", file.toString());
    assertThat(different.exitCode()).isEqualTo(1);
    assertThat(different.all()).contains("missing 1", "too many 77", "different 2, other values");
    Map<String, JsonNode> found = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode difference = JSON.readTree(line);
      found.put(difference.path("id").asText(), difference);
    }
    assertThat(found).containsOnlyKeys("1", "77", "2", "3", "4", "5");
    assertThat(found.get("1").path("kind").asText()).isEqualTo("missing");
    assertThat(found.get("77").path("kind").asText()).isEqualTo("too_many");
    assertThat(found.get("2").path("row").toString()).isEqualTo("{\"a\":\"a\"}");
    assertThat(found.get("2").path("document").toString()).isEqualTo("{\"a\":\"other\"}");
    assertThat(found.get("3").path("document").toString()).isEqualTo("{\"extra\":true}");
    assertThat(found.get("5").path("row").toString()).isEqualTo("{\"b\":1}");
  }

  @Test
  void givesNoAlarmWhileChangesAreFollowed() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, a text", "k");
    site.install();
    // What is still being copied isn't compared.
    site.once();
    AtomicBoolean enough = new AtomicBoolean();
    try (DaemonThread daemon = site.start()) {
      CompletableFuture<Integer> writer =
          CompletableFuture.supplyAsync(
              () -> {
                int i = 0;
                for (; !enough.get(); i++) {
                  site.cql("INSERT INTO KS.t (k, a) VALUES (?, ?)", i % 300, "v" + i);
                  site.cql("DELETE FROM KS.t WHERE k = ?", (i + 150) % 300);
                }
                return i;
              });
      Cli result = verify(site);
      enough.set(true);
      assertThat(writer.join()).isGreaterThan(50);
      assertThat(result.all()).contains("all equal");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void repairsThroughTheDaemon() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, a text", "k");
    site.install();
    for (int k = 0; k < 9; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'a')", k);
    }
    site.once();
    request(site, "DELETE", "/_doc/1", null);
    request(site, "PUT", "/_doc/77", "{\"k\":77}");
    request(site, "PUT", "/_doc/2", "{\"k\":2,\"a\":\"other\"}");
    try (DaemonThread daemon = site.start()) {
      Cli repaired = verify(site, "--repair");
      // The others may be looked at by themselves, as the daemon has just started.
      assertThat(repaired.all()).contains("all equal").containsPattern("repaired ([1-3]) of \\1 ");
      assertThat(repaired.exitCode()).isZero();
    }
    assertThat(site.documents("t")).isEqualTo(site.rows("t"));
  }

  @Test
  void theDaemonRepairsByItself() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, a text", "k");
    site.option("verify", "{every: 1h, repair: true}");
    site.install();
    for (int k = 0; k < 9; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'a')", k);
    }
    site.once();
    assertThat(site.stateFile().load().verified()).as("once doesn't compare").isEmpty();
    request(site, "PUT", "/_doc/77", "{\"k\":77}");
    request(site, "PUT", "/_doc/2", "{\"k\":2,\"a\":\"other\"}");
    TableName table = new TableName(site.keyspace(), "t");
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.stateFile().load().verified().containsKey(table));
      assertThat(site.documents("t")).isEqualTo(site.rows("t"));
    }
    VerifyState last = site.stateFile().load().verified().get(table);
    assertThat(last.differences()).isZero();
    // The other may be looked at by itself, as the daemon has just started.
    assertThat(last.repaired()).isBetween(1L, 2L);
    assertThat(last.rows()).isEqualTo(9);
    String status = Cli.run("status", "-c", site.settingsFile().toString()).all();
    assertThat(status)
        .containsPattern(
            table
                + ": compared with its index .* ago: 9 rows, .* documents.*, all equal; repaired ([12]) of \\1");
    assertThat(Cli.run("status", "--json", "-c", site.settingsFile().toString()).all())
        .contains("\"verified\"", "\"differences\" : 0");
    try (DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (99, 'a')");
      site.awaitEqual("t");
    }
    assertThat(site.stateFile().load().verified().get(table)).as("not due again").isEqualTo(last);
  }

  /** What the trigger didn't see, in a table that both sides write to meanwhile. */
  @Test
  void repairsTwoWayTablesWhileTheyAreWrittenTo() throws InterruptedException {
    Site site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, n int)");
    site.listed("t", ", direction: both", "k");
    site.install();
    for (int k = 0; k < 30; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'a')", k);
    }
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try (DaemonThread daemon = site.start()) {
      // Else the daemon may have to look at these once more anyway.
      Instant written = Instant.now();
      await().until(() -> site.state("t").position().filter(written::isBefore).isPresent());
      site.cql("DROP TRIGGER cesync ON KS.t");
      for (int k = 0; k < 10; k++) {
        site.cql("UPDATE KS.t SET a = 'unseen' WHERE k = ?", k);
        site.cql("DELETE FROM KS.t WHERE k = ?", 10 + k);
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'unseen')", 100 + k);
      }
      site.cql("CREATE TRIGGER cesync ON KS.t USING 'io.cesync.trigger.LogTrigger'");
      AtomicInteger writes = new AtomicInteger();
      ScheduledFuture<?> writing =
          writer.scheduleAtFixedRate(
              () -> {
                int i = writes.incrementAndGet();
                // Half of what is wrong, and what isn't.
                int k = List.of(i % 5, 10 + i % 5, 20 + i % 10, 100 + i % 5).get(i % 4);
                site.cql("UPDATE KS.t SET n = ? WHERE k = ?", i, k);
                int id = 200 + i % 20;
                request(site, "PUT", "/_doc/" + id, "{\"k\":%d,\"n\":%d}".formatted(id, i));
              },
              0,
              20,
              TimeUnit.MILLISECONDS);
      Cli repaired = verify(site, "--repair");
      assertThat(writing.isDone()).as("a write failed").isFalse();
      writer.shutdown();
      assertThat(writer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(writes.get()).isGreaterThan(50);
      assertThat(repaired.all())
          .contains("all equal", "asked to repair missing 109", "asked to repair too many 19")
          .contains("asked to repair different 9, other values")
          .doesNotContain("no daemon runs");
      await()
          .untilAsserted(
              () -> {
                Map<String, JsonNode> documents = site.documents("t");
                documents.values().forEach(d -> ((ObjectNode) d).remove("_timestamp"));
                assertThat(documents).isEqualTo(site.rows("t"));
              });
      assertThat(site.rows("t")).containsKeys("109", "200").doesNotContainKey("19");
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void comparesTwoWayTables() {
    Site site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (p int, c text, v set<text>, PRIMARY KEY (p, c))");
    site.listed("t", ", direction: both", "p", "c");
    site.install();
    site.cql("INSERT INTO KS.t (p, c, v) VALUES (1, 'x', {'a', 'b'})");
    site.once();
    assertThat(verify(site).all()).contains("1 rows, 1 documents, all equal");
    site.cql("INSERT INTO KS.t (p, c) VALUES (1, 'y')");
    assertThat(verify(site).all()).contains("missing [1,\"y\"]");
  }

  /** More than may vanish at once: nobody knows yet whether that was meant. */
  @Test
  void aRepairDoesNotBringBackWhatMayHaveBeenDeleted() {
    Site site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text)");
    site.listed("t", ", direction: both, max_deletes_per_poll: 1", "k");
    site.install();
    for (int k = 0; k < 5; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'a')", k);
    }
    site.once();
    for (int k = 0; k < 3; k++) {
      request(site, "DELETE", "/_doc/" + k, null);
    }
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.state("t").lastError().isPresent());
    }
    Cli left = verify(site, "--repair");
    assertThat(left.exitCode()).isEqualTo(1);
    assertThat(left.all())
        .contains("differences: 3 (3 missing", "repaired 0 of 3")
        .contains("missing 1: a row without a document, deleted in the index, it seems: see");
    // The entries that a repair writes are dated a second ahead.
    Instant asked = Instant.now().plusSeconds(2);
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.state("t").position().orElseThrow().isAfter(asked));
      assertThat(site.rows("t")).hasSize(5);
      assertThat(site.documents("t")).hasSize(2);
    }
  }

  @Test
  void saysWhatIsWrongWithTheRequest() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY", "k");
    site.install();
    Cli unknown = verify(site, "no.table");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.all())
        .contains("The settings have no table no.table; they have " + site.keyspace() + ".t.");
    request(site, "DELETE", "", null);
    Cli missing = verify(site);
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.all()).contains(site.index("t") + ": there is no such index");
  }
}
