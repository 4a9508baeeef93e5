package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import io.cesync.state.SearchShard;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Both sides are written to. */
@ExtendWith(LiveServers.Extension.class)
class TwoWayIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  TwoWayIT(LiveServers servers) {
    this.servers = servers;
  }

  private void site(String more) {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int, tags set<text>)");
    site.listed("t", ", direction: both" + more, "k");
    site.install();
  }

  private void es(String method, String path, String body) {
    servers.rest().ok(method, "/" + site.index("t") + path, body);
  }

  /** What both sides say, without what only documents have. */
  private Map<String, JsonNode> documents() {
    Map<String, JsonNode> documents = site.documents("t");
    documents.values().forEach(document -> ((ObjectNode) document).remove("_timestamp"));
    return documents;
  }

  private void awaitEqual() {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(documents()).isEqualTo(site.rows("t")));
  }

  private JsonNode document(int k) {
    return documents().get(String.valueOf(k));
  }

  @Test
  void changesOfEitherSideReachTheOther() {
    site("");
    try (DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, a, b) VALUES (1, 'row', 1)");
      es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"document\",\"tags\":[\"x\",\"y\"]}");
      // The key only in the id.
      es("PUT", "/_doc/3", "{\"b\":3}");
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).containsOnlyKeys("1", "2", "3");
                assertThat(document(3).path("k").asInt()).isEqualTo(3);
              });
      awaitEqual();

      es("POST", "/_update/1?retry_on_conflict=5", "{\"doc\":{\"a\":\"by the application\"}}");
      site.cql("UPDATE KS.t SET b = 22, tags = tags + {'z'} WHERE k = 2");
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t").get("1").path("a").asText())
                    .isEqualTo("by the application");
                assertThat(document(2).path("b").asInt()).isEqualTo(22);
              });
      awaitEqual();

      // A field that is gone deletes its column.
      es("PUT", "/_doc/2", "{\"k\":2,\"b\":22}");
      await().untilAsserted(() -> assertThat(site.rows("t").get("2").has("a")).isFalse());
      awaitEqual();

      es("DELETE", "/_doc/1", null);
      site.cql("DELETE FROM KS.t WHERE k = 2");
      await().untilAsserted(() -> assertThat(site.rows("t")).containsOnlyKeys("3"));
      awaitEqual();
    }
  }

  @Test
  void aFieldAndAnotherColumnOfOneRowBothStand() {
    site("");
    try (DaemonThread daemon = site.start()) {
      for (int k = 0; k < 100; k++) {
        site.cql("INSERT INTO KS.t (k, a, b) VALUES (?, 'old', 0)", k);
      }
      awaitEqual();
      for (int k = 0; k < 100; k++) {
        if (k % 2 == 0) {
          site.cql("UPDATE KS.t SET b = 1 WHERE k = ?", k);
          es("POST", "/_update/" + k + "?retry_on_conflict=5", "{\"doc\":{\"a\":\"new\"}}");
        } else {
          es("POST", "/_update/" + k + "?retry_on_conflict=5", "{\"doc\":{\"a\":\"new\"}}");
          site.cql("UPDATE KS.t SET b = 1 WHERE k = ?", k);
        }
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(site.rows("t").values())
                      .allSatisfy(
                          row -> {
                            assertThat(row.path("a").asText()).isEqualTo("new");
                            assertThat(row.path("b").asInt()).isEqualTo(1);
                          }));
      awaitEqual();
    }
  }

  private long searches() {
    return servers
        .rest()
        .ok("GET", "/" + site.index("t") + "/_stats/search", null)
        .at("/_all/total/search/query_total")
        .asLong();
  }

  private void awaitLook() {
    Instant now = Instant.now();
    await().until(() -> site.searchState("t").position().filter(now::isBefore).isPresent());
  }

  /** An own write that isn't answered yet when the index is looked at may be. */
  @Test
  void hardlyAnyOwnWriteIsSearched() {
    site("");
    try (DaemonThread daemon = site.start()) {
      awaitLook();
      long before = searches();
      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
        String path = "/" + site.index("t") + "/_doc/" + k;
        await().until(() -> servers.rest().send("GET", path, null).status() == 200);
        awaitLook();
      }
      assertThat(searches() - before).isLessThan(10);
    }
  }

  /** Each has a number, and so would a delete: no number is missing, and no document. */
  @Test
  void changesDoNotHaveDeletesSearched() {
    site("");
    try (DaemonThread daemon = site.start()) {
      awaitLook();
      long before = searches();
      for (int k = 0; k < 20; k++) {
        es("PUT", "/_doc/" + k, "{\"k\":%d,\"a\":\"document\"}".formatted(k));
        int row = k;
        await().until(() -> site.rows("t").containsKey(String.valueOf(row)));
        awaitLook();
      }
      assertThat(searches() - before).isBetween(20L, 30L);
    }
  }

  /** The table's entry may lead to the document before its own tail does. */
  @Test
  void aNewDocumentIsNewerThanTheDeleteOfItsRowBefore() {
    site("");
    try (DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (-1, 'it is running')");
      awaitEqual();
      for (int k = 0; k < 200; k++) {
        site.cql("DELETE FROM KS.t WHERE k = ?", k);
        es("PUT", "/_doc/" + k, "{\"k\":%d,\"a\":\"document\"}".formatted(k));
      }
      await().untilAsserted(() -> assertThat(document(199)).isEqualTo(site.rows("t").get("199")));
      awaitEqual();
      assertThat(site.rows("t")).hasSize(201);
    }
  }

  /** Cassandra would append them: it was written, and the daemon died before it noted that. */
  @Test
  void aListThatIsWrittenOnceMoreHasItsElementsOnce() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, l list<text>)");
    site.listed("t", ", direction: both", "k");
    site.install();
    site.cql("INSERT INTO KS.t (k, l) VALUES (1, ['x'])");
    try (DaemonThread daemon = site.start()) {
      awaitEqual();
    }
    long micros = Instant.now().plusSeconds(10).toEpochMilli() * 1000;
    es(
        "PUT",
        "/_doc/1",
        "{\"k\":1,\"l\":[\"x\",\"y\"],\"_timestamp\":\"%s\"}"
            .formatted(Instant.ofEpochMilli(micros / 1000)));
    site.cql("UPDATE KS.t USING TIMESTAMP " + micros + " SET l = ['x', 'y'] WHERE k = 1");
    site.cql(
        "UPDATE KS.t USING TIMESTAMP " + (micros + 5_000_000) + " SET l = l + ['z'] WHERE k = 1");
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(document(1).path("l").toString()).contains("z"));
      awaitEqual();
      assertThat(document(1).path("l"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrder("x", "y", "z");
    }
  }

  @Test
  void aQuietPairStaysQuiet() {
    site("");
    try (DaemonThread daemon = site.start()) {
      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
        es("PUT", "/_doc/" + (100 + k), "{\"k\":" + (100 + k) + ",\"a\":\"document\"}");
      }
      awaitEqual();
      assertThat(site.rows("t")).hasSize(40);
      // Second looks of the late window are over.
      List<Long> writes = new ArrayList<>();
      await()
          .pollInterval(Duration.ofSeconds(4))
          .until(
              () -> {
                writes.add(writes());
                int last = writes.size() - 1;
                return last > 0 && writes.get(last).equals(writes.get(last - 1));
              });
      // One for each change of the table; a change of the index may cost one for its _timestamp.
      assertThat(writes()).isBetween(40L, 80L);
    }
  }

  private long writes() {
    JsonNode stats =
        servers
            .rest()
            .ok("GET", "/" + site.index("t") + "/_stats/indexing", null)
            .at("/_all/primaries/indexing");
    return stats.path("index_total").asLong() + stats.path("delete_total").asLong();
  }

  @Test
  void whatHappenedWhileItWasAwayIsMadeUpFor() {
    site("");
    try (DaemonProcess daemon = site.process("run")) {
      for (int k = 0; k < 50; k++) {
        site.cql("INSERT INTO KS.t (k, a, b) VALUES (?, 'old', 0)", k);
      }
      awaitEqual();
      // Documents that were written but didn't get into the ledger can't be missed.
      Instant written = Instant.now();
      await()
          .untilAsserted(
              () -> assertThat(site.searchState("t").position().orElseThrow()).isAfter(written));
      es("POST", "/_update/0?retry_on_conflict=5", "{\"doc\":{\"a\":\"just before\"}}");
      site.cql("UPDATE KS.t SET b = 5 WHERE k = 1");
      daemon.kill();
    }
    for (int k = 10; k < 20; k++) {
      es("DELETE", "/_doc/" + k, null);
      site.cql("DELETE FROM KS.t WHERE k = ?", k + 10);
      es(
          "POST",
          "/_update/" + (k + 20) + "?retry_on_conflict=5",
          "{\"doc\":{\"a\":\"meanwhile\"}}");
      site.cql("UPDATE KS.t SET b = 7 WHERE k = ?", k + 20);
    }
    es("PUT", "/_doc/99", "{\"k\":99,\"a\":\"meanwhile\"}");

    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                Map<String, JsonNode> rows = site.rows("t");
                assertThat(rows).hasSize(31).doesNotContainKeys("10", "19", "20", "29");
                assertThat(rows.get("0").path("a").asText()).isEqualTo("just before");
                assertThat(rows.get("35").path("a").asText()).isEqualTo("meanwhile");
                assertThat(rows.get("35").path("b").asInt()).isEqualTo(7);
              });
      awaitEqual();
    }
  }

  @Test
  void twoSidesWithContentsAreMerged() {
    site("");
    site.cql("INSERT INTO KS.t (k, a, b) VALUES (1, 'only a row', 1)");
    es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"only a document\"}");
    site.cql("INSERT INTO KS.t (k, a) VALUES (3, 'newer')");
    es(
        "PUT",
        "/_doc/3",
        "{\"k\":3,\"a\":\"older\",\"b\":3,\"_timestamp\":\"2020-01-01T00:00:00Z\"}");
    site.cql("INSERT INTO KS.t (k, a) VALUES (4, 'older') USING TIMESTAMP 1000");
    es(
        "PUT",
        "/_doc/4",
        "{\"k\":4,\"a\":\"newer\",\"_timestamp\":\"2021-01-01T00:00:00.123456Z\"}");
    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                Map<String, JsonNode> rows = site.rows("t");
                assertThat(rows).hasSize(4);
                assertThat(rows.get("3").path("a").asText()).isEqualTo("newer");
                assertThat(rows.get("3").path("b").asInt()).isEqualTo(3);
                assertThat(rows.get("4").path("a").asText()).isEqualTo("newer");
              });
      awaitEqual();
    }
  }

  /** It goes on where it was killed, and what it finds there is still older than nobody knows. */
  @Test
  void aFirstLookThatIsKilledGoesOn() {
    site("");
    site.option("max_pending", "500");
    int all = 6_000;
    for (int start = 0; start < all; start += 1_000) {
      StringBuilder bulk = new StringBuilder();
      for (int k = start; k < start + 1_000; k++) {
        bulk.append("{\"index\":{\"_id\":\"" + k + "\"}}\n{\"a\":\"document\",\"b\":" + k + "}\n");
      }
      es("POST", "/_bulk", bulk.toString());
    }
    site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", all - 1);
    long reached;
    try (DaemonProcess daemon = site.process("run")) {
      await().until(() -> firstLook().map(shard -> shard.seqNo() > 500).orElse(false));
      daemon.kill();
      reached = firstLook().orElseThrow().seqNo();
    }
    assertThat(reached).isLessThan(all - 1);
    try (DaemonThread daemon = site.start()) {
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                assertThat(firstLook()).isEmpty();
                assertThat(site.rows("t")).hasSize(all);
              });
      awaitEqual();
    }
    JsonNode both = site.rows("t").get(String.valueOf(all - 1));
    assertThat(both.path("a").asText()).isEqualTo("row");
    assertThat(both.path("b").asInt()).isEqualTo(all - 1);
    // What it had done before wasn't done again.
    assertThat(site.searchState("t").counts().applied()).isLessThan(all + reached);
  }

  private Optional<SearchShard> firstLook() {
    return site.searchState("t").shards().values().stream()
        .filter(shard -> shard.firstLookTo().isPresent())
        .findFirst();
  }

  @Test
  void moreDeletesThanMayBeDeleteNothing() {
    site(", max_deletes_per_poll: 5");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
      }
      awaitEqual();
      // The ledger has their places by then.
      Instant equal = Instant.now();
      await()
          .until(() -> site.searchState("t").position().map(at -> at.isAfter(equal)).orElse(false));
      StringBuilder bulk = new StringBuilder();
      for (int k = 0; k < 20; k++) {
        bulk.append("{\"delete\":{\"_id\":\"" + k + "\"}}\n");
      }
      es("POST", "/_bulk", bulk.toString());
      await().until(() -> !log.with("have vanished from the index").isEmpty());
      assertThat(site.rows("t")).hasSize(20);
    }
  }

  @Test
  void anIndexThatIsMadeAnewDeletesNothing() {
    site("");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
      }
      awaitEqual();
      servers.rest().ok("DELETE", "/" + site.index("t"), null);
      await().until(() -> !log.with("was deleted").isEmpty());
      site.install();
      await().until(() -> site.documents("t").size() == 20);
      awaitEqual();
      assertThat(site.rows("t")).hasSize(20);
    }
  }

  @Test
  void randomChangesOfBothSidesEndEqual() {
    site("");
    long seed = new Random().nextLong();
    System.out.println("TwoWayIT: seed " + seed);
    Random random = new Random(seed);
    try (DaemonThread daemon = site.start()) {
      for (int i = 0; i < 1500; i++) {
        int k = random.nextInt(25);
        switch (random.nextInt(8)) {
          case 0, 1 -> site.cql("INSERT INTO KS.t (k, a, b) VALUES (?, ?, ?)", k, "c" + i, i);
          case 2 -> site.cql("UPDATE KS.t SET b = ? WHERE k = ?", i, k);
          case 3 -> site.cql("DELETE FROM KS.t WHERE k = ?", k);
          case 4 -> es("PUT", "/_doc/" + k, "{\"k\":%d,\"a\":\"e%d\",\"b\":%d}".formatted(k, i, i));
          case 5, 6 ->
              servers
                  .rest()
                  .send(
                      "POST",
                      "/" + site.index("t") + "/_update/" + k,
                      "{\"doc\":{\"a\":\"u" + i + "\"}}");
          default -> servers.rest().send("DELETE", "/" + site.index("t") + "/_doc/" + k, null);
        }
      }
      awaitEqual();
      assertThat(daemon.isRunning()).isTrue();
      assertThat(site.deadLetters("t")).isEmpty();
    }
  }

  /** The same uuid, but other contents: what the ledger says is of those that were there before. */
  @Test
  void anIndexThatIsRestoredDeletesNoRows() {
    site("");
    String index = site.index("t");
    var rest = servers.rest();
    rest.ok(
        "PUT",
        "/_snapshot/" + index,
        "{\"type\":\"fs\",\"settings\":{\"location\":\"" + index + "\"}}");
    try (DaemonThread daemon = site.start()) {
      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'old')", k);
      }
      awaitEqual();
      rest.ok(
          "PUT",
          "/_snapshot/" + index + "/s?wait_for_completion=true",
          "{\"indices\":\"" + index + "\"}");
      for (int k = 10; k < 30; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'new')", k);
      }
      es("POST", "/_update/5?retry_on_conflict=5", "{\"doc\":{\"b\":5}}");
      es("DELETE", "/_doc/6", null);
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).hasSize(29).doesNotContainKey("6");
                assertThat(site.rows("t").get("5").path("b").asInt()).isEqualTo(5);
              });
      awaitEqual();
      String era = site.searchState("t").ledgerEra().orElseThrow();

      es("POST", "/_close", "");
      rest.ok("POST", "/_snapshot/" + index + "/s/_restore?wait_for_completion=true", "{}");
      // The document of 6 is there again; its row goes by what was written last.
      await()
          .untilAsserted(
              () -> assertThat(site.searchState("t").ledgerEra().orElseThrow()).isNotEqualTo(era));
      site.cql("INSERT INTO KS.t (k, a) VALUES (50, 'after')");
      await().untilAsserted(() -> assertThat(documents()).containsKeys("29", "50"));
      awaitEqual();
      assertThat(site.rows("t")).containsKeys("0", "10", "29", "50");
      assertThat(site.rows("t").get("10").path("a").asText()).isEqualTo("new");
      assertThat(site.rows("t").get("5").path("b").asInt()).isEqualTo(5);
    }
  }
}
