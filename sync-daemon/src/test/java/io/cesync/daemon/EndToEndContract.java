package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import io.cesync.local.SearchSpec;
import io.cesync.settings.Settings;
import io.cesync.state.SnapshotState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All that a daemon does with a search server, on one version of it. */
@ExtendWith(LiveServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEndContract {

  private static final String PARTITIONED =
      "p text, c int, s text static, v text, PRIMARY KEY (p, c)";

  @TempDir Path directory;
  private final LiveServers shared;
  private LiveServers servers;

  EndToEndContract(LiveServers shared) {
    this.shared = shared;
  }

  abstract SearchSpec spec();

  @BeforeAll
  void start() {
    servers = shared.with(spec());
  }

  @AfterAll
  void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  /** Whether documents have types, and {@code _timestamp} beside them. */
  private boolean isOld() {
    return spec().version().startsWith("2.4.");
  }

  private JsonNode search(String method, String path, String body) {
    return servers.rest().ok(method, path, body);
  }

  /** Puts documents into an index as an application does. */
  private void bulk(Site site, String lines) {
    String path = "/" + site.index("t") + (isOld() ? "/doc" : "") + "/_bulk";
    assertThat(search("POST", path, lines).path("errors").asBoolean()).isFalse();
  }

  private Site site(String columns, String... key) {
    return new Site(servers, directory).table("t", columns, key);
  }

  private static void insert(Site site, int from, int to, String value) {
    for (int k = from; k < to; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, ?)", k, value);
    }
  }

  @Test
  void anIndexIsRebuiltInItsPlace() throws InterruptedException {
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    insert(site, 0, 50, "first");
    String name = site.index("t");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      if (isOld()) {
        assertThatThrownBy(() -> resync(site, true))
            .hasMessageContaining("this server can't make its name an alias");
        site.relist(
            "t", ", direction: cassandra-to-elasticsearch, index: " + site.keyspace() + "_alias");
        name = site.keyspace() + "_alias";
        search("PUT", "/" + site.index("t") + "/_alias/" + name, null);
        daemon.close();
      }
    }
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      resync(site, true);
      resync(site, false);
      insert(site, 50, 60, "after");
      Map<String, JsonNode> rows = site.rows("t");
      String index = name;
      await().untilAsserted(() -> assertThat(servers.rest().documents(index)).isEqualTo(rows));
      assertThat(log.with("which a resync has built")).hasSize(2);
      assertThat(log.with("copied anew")).isEmpty();
      assertThat(search("GET", "/" + index + "*/_alias", null)).hasSize(2);
    }
  }

  private static void resync(Site site, boolean dropOld) throws InterruptedException {
    Settings settings = site.settings();
    new Resync(
            settings,
            settings.tables().get(0),
            new Resync.Options(dropOld, false, Duration.ZERO),
            new StopSignal(),
            Clock.systemUTC(),
            line -> {})
        .run();
  }

  @Test
  void everyChangeOfARowArrives() {
    Site site =
        site(
            "k int PRIMARY KEY, a text, b int, big bigint, d double, yes boolean, tags set<text>,"
                + " list frozen<list<int>>, pair frozen<tuple<int, text>>",
            "k");
    site.cql("INSERT INTO KS.t (k, a, b) VALUES (1, 'before', 1)");
    site.cql("INSERT INTO KS.t (k, a, b) VALUES (2, 'before', 2)");
    site.install();
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.state("t").snapshot().status() == SnapshotState.Status.DONE);
      site.awaitDocuments("t", documents -> assertThat(documents).containsOnlyKeys("1", "2"));
      site.cql(
          "INSERT INTO KS.t (k, a, big, d, yes, tags, list) VALUES"
              + " (3, 'né 😀', 9223372036854775807, 0.1, true, {'x', 'y'}, [3, 1, 2])");
      site.cql("UPDATE KS.t SET a = 'changed', b = null WHERE k = 1");
      site.cql("UPDATE KS.t SET tags = tags + {'z'} WHERE k = 3");
      site.cql("DELETE FROM KS.t WHERE k = 2");
      site.cql("INSERT INTO KS.t (k, a) VALUES (4, 'goes') USING TTL 3");
      site.cql("INSERT INTO KS.t (k, a) VALUES (5, 'if new') IF NOT EXISTS");

      site.awaitDocuments("t", documents -> assertThat(documents).containsKeys("4", "5"));
      site.awaitDocuments("t", documents -> assertThat(documents).containsOnlyKeys("1", "3", "5"));
      site.awaitEqual("t");
    }
    assertThat(site.deadLetters("t")).isEmpty();
  }

  @Test
  void partitionsAndRangesAreDeleted() {
    Site site = site(PARTITIONED, "p", "c");
    site.install();
    for (int c = 0; c < 700; c++) {
      site.cql("INSERT INTO KS.t (p, c, v) VALUES ('long', ?, 'row')", c);
    }
    for (int c = 0; c < 10; c++) {
      site.cql("INSERT INTO KS.t (p, c, v) VALUES ('other', ?, 'row')", c);
    }
    try (DaemonThread daemon = site.start()) {
      site.awaitDocuments("t", documents -> assertThat(documents).hasSize(710));
      site.cql("DELETE FROM KS.t WHERE p = 'other' AND c >= 3 AND c < 7");
      site.cql("UPDATE KS.t SET s = 'for all' WHERE p = 'other'");
      site.awaitEqual("t");
      // More documents than a page of the search has.
      site.cql("DELETE FROM KS.t WHERE p = 'long' AND c >= 150");
      site.awaitEqual("t");
      site.cql("DELETE FROM KS.t WHERE p = 'long'");
      site.awaitEqual("t");
      assertThat(site.documents("t")).hasSize(6);
    }
  }

  @Test
  void aKilledDaemonGoesOn() {
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    insert(site, 0, 300, "first");
    try (DaemonProcess daemon = site.process("run")) {
      site.awaitDocuments("t", documents -> assertThat(documents).hasSize(300));
      insert(site, 200, 400, "second");
      daemon.kill();
    }
    insert(site, 300, 500, "while it was dead");
    site.cql("DELETE FROM KS.t WHERE k = 7");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      assertThat(log.with("going on from")).hasSize(1);
    }
  }

  @Test
  void aSearchServerThatComesBackIsFilled() {
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    insert(site, 0, 50, "before");
    try (DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      servers.searchServer().kill();
      insert(site, 25, 100, "while it was away");
      site.cql("DELETE FROM KS.t WHERE k = 7");
      servers.searchServer().start();
      site.awaitEqual("t");
    }
  }

  @Test
  void documentsWithoutRowsAreGoneAfterACopy() {
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    insert(site, 0, 20, "row");
    StringBuilder lines = new StringBuilder();
    for (int k = 10; k < 1_500; k++) {
      lines.append("{\"index\":{\"_id\":\"" + k + "\"}}\n{\"k\":" + k + ",\"v\":\"ghost\"}\n");
    }
    bulk(site, lines.toString());

    site.once();

    site.awaitEqual("t");
  }

  /** A document may have a higher version than the row has a write time. */
  @Test
  void rowsWinOverDocumentsOfHigherVersions() {
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    long later = (System.currentTimeMillis() + 3_600_000) * 1_000;
    String header =
        "{\"index\":{\"_id\":\"%d\",\"version\":" + later + ",\"version_type\":\"external\"}}\n";
    bulk(site, header.formatted(1) + "{\"k\":1}\n" + header.formatted(2) + "{\"k\":2}\n");
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'row')");
    try (DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      site.cql("UPDATE KS.t SET v = 'newer' WHERE k = 1");
      site.awaitEqual("t");
      site.cql("DELETE FROM KS.t WHERE k = 1");
      site.awaitEqual("t");
      assertThat(site.documents("t")).isEmpty();
    }
  }

  @Test
  void newColumnsAreSearchable() {
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    try (DaemonThread daemon = site.start()) {
      insert(site, 1, 3, "row");
      site.awaitEqual("t");
      site.cql("ALTER TABLE KS.t ADD w int");
      site.cql("UPDATE KS.t SET w = 5 WHERE k = 1");
      await()
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () -> {
                site.cql("UPDATE KS.t SET w = 5 WHERE k = 1");
                search("POST", "/" + site.index("t") + "/_refresh", null);
                JsonNode found =
                    search(
                        "POST",
                        "/" + site.index("t") + "/_search",
                        "{\"query\":{\"term\":{\"w\":5}}}");
                assertThat(found.path("hits").path("hits")).hasSize(1);
              });
    }
  }

  @Test
  void anIndexThatWasThereIsTakenAsItIs() {
    Site site = site("k int PRIMARY KEY, v text", "k");
    String mapping = "{\"dynamic\":\"strict\",\"properties\":{\"k\":{\"type\":\"integer\"},%s}}";
    String more =
        isOld()
            ? "\"v\":{\"type\":\"string\"},\"$raw\":{\"type\":\"object\",\"enabled\":false}"
            : "\"v\":{\"type\":\"text\"},\"$raw\":{\"type\":\"object\",\"enabled\":false}";
    String body = mapping.formatted(more);
    search(
        "PUT",
        "/" + site.index("t"),
        "{\"mappings\":" + (isOld() ? "{\"thing\":" + body + "}" : body) + "}");
    site.install();
    try (DaemonThread daemon = site.start()) {
      insert(site, 1, 3, "row");
      site.awaitEqual("t");
      assertThat(site.deadLetters("t")).isEmpty();
    }
    if (isOld()) {
      search("POST", "/" + site.index("t") + "/_refresh", null);
      JsonNode hits = search("GET", "/" + site.index("t") + "/thing/_search", null).path("hits");
      assertThat(hits.path("total").asInt()).as("in the type that the index has").isEqualTo(2);
    }
  }

  @Test
  void theServersOwnTimestampIsTheTimeOfTheNewestWrite() {
    Assumptions.assumeTrue(isOld(), "others have none");
    Site site = site("k int PRIMARY KEY, v text", "k");
    site.install();
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'row') USING TIMESTAMP 1700000000123456");
    site.cql("INSERT INTO KS.t (k, v) VALUES (2, 'old') USING TIMESTAMP 2000000");

    site.once();

    site.awaitEqual("t");
    for (JsonNode hit :
        search("GET", "/" + site.index("t") + "/_search", null).path("hits").path("hits")) {
      assertThat(hit.path("_timestamp").asLong())
          .isEqualTo(hit.path("_id").asInt() == 1 ? 1_700_000_000_123L : 2_000L);
    }
  }

  /** A two-way table: by sequence numbers, or by times where there are none. */
  private Site twoWay() {
    Site site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int, tags set<text>)");
    site.listed("t", ", direction: both" + (isOld() ? ", changes_by: timestamp" : ""), "k");
    site.install();
    return site;
  }

  private void application(Site site, String method, String id, String body) {
    search(method, "/" + site.index("t") + (isOld() ? "/doc/" : "/_doc/") + id, body);
  }

  private void updates(Site site, String id, String fields) {
    String path = isOld() ? "/doc/" + id + "/_update" : "/_update/" + id;
    search(
        "POST", "/" + site.index("t") + path + "?retry_on_conflict=5", "{\"doc\":" + fields + "}");
  }

  private static Map<String, JsonNode> unstamped(Site site) {
    Map<String, JsonNode> documents = site.documents("t");
    documents.values().forEach(document -> ((ObjectNode) document).remove("_timestamp"));
    return documents;
  }

  private static void awaitBothEqual(Site site) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(unstamped(site)).isEqualTo(site.rows("t")));
  }

  private long writes(Site site) {
    JsonNode all = search("GET", "/" + site.index("t") + "/_stats/indexing", null).path("_all");
    JsonNode indexing = all.path("primaries").path("indexing");
    return indexing.path("index_total").asLong() + indexing.path("delete_total").asLong();
  }

  @Test
  void changesOfEitherSideReachTheOther() {
    Site site = twoWay();
    site.cql("INSERT INTO KS.t (k, a, b) VALUES (1, 'row', 1)");
    application(site, "PUT", "2", "{\"k\":2,\"a\":\"document\",\"tags\":[\"x\",\"y\"]}");
    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).containsOnlyKeys("1", "2");
                assertThat(unstamped(site)).containsOnlyKeys("1", "2");
              });
      awaitBothEqual(site);

      site.cql("UPDATE KS.t SET b = 20 WHERE k = 2");
      updates(site, "1", "{\"a\":\"of the document\"}");
      application(site, "PUT", "3", "{\"b\":3}");
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).containsOnlyKeys("1", "2", "3");
                assertThat(site.rows("t").get("1"))
                    .hasToString("{\"k\":1,\"a\":\"of the document\",\"b\":1}");
                assertThat(unstamped(site).get("2").path("b").asInt()).isEqualTo(20);
                assertThat(unstamped(site).get("3").path("k").asInt()).isEqualTo(3);
              });
      awaitBothEqual(site);
      // Again and again: what each read says of its time must not look like the application's.
      for (int i = 0; i < 5; i++) {
        int now = i;
        updates(site, "1", "{\"a\":\"again " + i + "\"}");
        site.cql("UPDATE KS.t SET b = ? WHERE k = 1", 100 + i);
        await()
            .untilAsserted(
                () -> {
                  assertThat(site.rows("t").get("1").path("a").asText()).isEqualTo("again " + now);
                  assertThat(unstamped(site).get("1").path("b").asInt()).isEqualTo(100 + now);
                });
        awaitBothEqual(site);
      }
      site.cql("DELETE FROM KS.t WHERE k = 3");
      await().untilAsserted(() -> assertThat(unstamped(site)).containsOnlyKeys("1", "2"));
      awaitBothEqual(site);
    }
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      updates(site, "2", "{\"a\":\"after a restart\"}");
      await()
          .untilAsserted(
              () ->
                  assertThat(site.rows("t").get("2").path("a").asText())
                      .isEqualTo("after a restart"));
      awaitBothEqual(site);
      assertThat(log.with("ERROR")).isEmpty();
    }
    assertThat(site.deadLetters("t")).isEmpty();
  }

  @Test
  void aQuietPairStaysQuiet() throws InterruptedException {
    Site site = twoWay();
    try (DaemonThread daemon = site.start()) {
      for (int k = 0; k < 50; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
      }
      for (int k = 40; k < 60; k++) {
        application(site, "PUT", "" + k, "{\"k\":" + k + ",\"a\":\"document\"}");
      }
      await().untilAsserted(() -> assertThat(site.rows("t")).hasSize(60));
      awaitBothEqual(site);
      // What is found twice within the late window is known by then.
      TimeUnit.SECONDS.sleep(5);
      long before = writes(site);
      TimeUnit.SECONDS.sleep(5);
      assertThat(writes(site)).isEqualTo(before);
      awaitBothEqual(site);
    }
  }

  @Test
  void whatIsDeletedFromTheIndexIsDeletedFromTheTable() {
    Assumptions.assumeFalse(isOld(), "times don't tell of deletes");
    Site site = twoWay();
    for (int k = 0; k < 50; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
    }
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(unstamped(site)).hasSize(50));
      awaitBothEqual(site);
      await().until(() -> site.searchState("t").position().isPresent());
      for (int k = 10; k < 30; k++) {
        application(site, "DELETE", "" + k, null);
      }
      await().untilAsserted(() -> assertThat(site.rows("t")).hasSize(30));
      awaitBothEqual(site);
    }
  }
}
