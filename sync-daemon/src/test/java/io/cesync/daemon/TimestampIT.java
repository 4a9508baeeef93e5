package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Both sides are written to, and changes of the index are seen by a timestamp field. */
@ExtendWith(LiveServers.Extension.class)
class TimestampIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;
  private String field = "_timestamp";

  TimestampIT(LiveServers servers) {
    this.servers = servers;
  }

  private void site(String more) {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int, at timestamp)");
    site.listed("t", ", direction: both, changes_by: timestamp" + more, "k");
    site.install();
  }

  private void es(String method, String path, String body) {
    servers.rest().ok(method, "/" + site.index("t") + path, body);
  }

  private void put(int k, String fields, Instant at) {
    es("PUT", "/_doc/" + k, "{\"k\":%d,%s,\"%s\":\"%s\"}".formatted(k, fields, field, at));
  }

  private void update(int k, String fields) {
    es(
        "POST",
        "/_update/" + k + "?retry_on_conflict=9",
        "{\"doc\":{%s,\"%s\":\"%s\"}}".formatted(fields, field, Instant.now()));
  }

  /** What both sides say, without what only documents have. */
  private Map<String, JsonNode> documents() {
    Map<String, JsonNode> documents = site.documents("t");
    documents.values().forEach(document -> ((ObjectNode) document).remove(field));
    return documents;
  }

  private void awaitEqual() {
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(documents()).isEqualTo(site.rows("t")));
  }

  private String a(int k) {
    JsonNode row = site.rows("t").get(String.valueOf(k));
    return row == null ? null : row.path("a").asText();
  }

  @Test
  void changesOfEitherSideReachTheOther() {
    site("");
    try (DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, a, b) VALUES (1, 'row', 1)");
      put(2, "\"a\":\"document\",\"b\":2", Instant.now());
      await().until(() -> documents().size() == 2 && site.rows("t").size() == 2);
      awaitEqual();

      update(1, "\"a\":\"by the application\"");
      site.cql("UPDATE KS.t SET b = 22 WHERE k = 2");
      await().until(() -> "by the application".equals(a(1)));
      awaitEqual();
      assertThat(documents().get("2").path("b").asInt()).isEqualTo(22);

      // A field that is gone deletes its column.
      put(2, "\"b\":22", Instant.now());
      await().until(() -> !site.rows("t").get("2").has("a"));
      site.cql("DELETE FROM KS.t WHERE k = 1");
      await().until(() -> documents().size() == 1);
      awaitEqual();

      es("PUT", "/_doc/no-key", "{\"a\":\"x\",\"_timestamp\":\"" + Instant.now() + "\"}");
      await().untilAsserted(() -> assertThat(site.deadLetters("t")).containsOnlyKeys("\"no-key\""));
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
          update(k, "\"a\":\"new\"");
        } else {
          update(k, "\"a\":\"new\"");
          site.cql("UPDATE KS.t SET b = 1 WHERE k = ?", k);
        }
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(site.rows("t").values())
                      .hasSize(100)
                      .allSatisfy(
                          row -> {
                            assertThat(row.path("a").asText()).isEqualTo("new");
                            assertThat(row.path("b").asInt()).isEqualTo(1);
                          }));
      awaitEqual();
    }
  }

  @Test
  void aQuietPairStaysQuiet() {
    site("");
    try (DaemonThread daemon = site.start()) {
      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'row')", k);
        put(100 + k, "\"a\":\"document\"", Instant.now());
      }
      await().until(() -> site.rows("t").size() == 40 && documents().size() == 40);
      awaitEqual();
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
      Instant equal = Instant.now();
      // It goes on from there, not from the first document.
      await()
          .until(() -> site.searchState("t").position().map(at -> at.isAfter(equal)).orElse(false));
      update(0, "\"a\":\"just before\"");
      site.cql("UPDATE KS.t SET b = 5 WHERE k = 1");
      daemon.kill();
    }
    assertThat(site.searchState("t").shards()).isEmpty();
    for (int k = 10; k < 20; k++) {
      site.cql("DELETE FROM KS.t WHERE k = ?", k);
      update(k + 20, "\"a\":\"meanwhile\"");
      site.cql("UPDATE KS.t SET b = 7 WHERE k = ?", k + 20);
    }
    put(99, "\"a\":\"meanwhile\"", Instant.now());

    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                Map<String, JsonNode> rows = site.rows("t");
                assertThat(rows).hasSize(41).doesNotContainKeys("10", "19");
                assertThat(rows.get("0").path("a").asText()).isEqualTo("just before");
                assertThat(rows.get("35").path("a").asText()).isEqualTo("meanwhile");
                assertThat(rows.get("35").path("b").asInt()).isEqualTo(7);
                assertThat(rows.get("99").path("a").asText()).isEqualTo("meanwhile");
              });
      awaitEqual();
    }
  }

  @Test
  void documentsWithoutATimeAreMergedTheFirstTime() {
    site("");
    site.cql("INSERT INTO KS.t (k, a, b) VALUES (1, 'only a row', 1)");
    es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"only a document\"}");
    site.cql("INSERT INTO KS.t (k, a) VALUES (3, 'newer')");
    put(3, "\"a\":\"older\",\"b\":3", Instant.parse("2020-01-01T00:00:00Z"));
    site.cql("INSERT INTO KS.t (k, a) VALUES (4, 'older') USING TIMESTAMP 1000");
    put(4, "\"a\":\"newer\"", Instant.parse("2021-01-01T00:00:00.123456Z"));
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

  /** More documents of one time than the index gives in one answer. */
  @Test
  void tiesLateAndFutureTimesAreSeen() {
    site("");
    site.option("late_window", "5s");
    try (DaemonThread daemon = site.start()) {
      put(1, "\"a\":\"first\"", Instant.now());
      await().until(() -> "first".equals(a(1)));
      servers.rest().setIndex(site.index("t"), "{\"max_result_window\":40}");
      Instant tie = Instant.now();
      StringBuilder bulk = new StringBuilder();
      for (int k = 100; k < 300; k++) {
        bulk.append("{\"index\":{\"_id\":\"" + k + "\"}}\n");
        bulk.append("{\"k\":%d,\"a\":\"tie\",\"_timestamp\":\"%s\"}\n".formatted(k, tie));
      }
      es("POST", "/_bulk", bulk.toString());
      put(2, "\"a\":\"late\"", Instant.now().minusMillis(3_500));
      put(3, "\"a\":\"soon\"", Instant.now().plusMillis(2_500));
      put(4, "\"a\":\"far\"", Instant.now().plus(Duration.ofDays(400)));
      await().until(() -> site.rows("t").size() == 204);
      assertThat(site.rows("t").values()).extracting(r -> r.path("a").asText()).contains("late");
      servers.rest().setIndex(site.index("t"), "{\"max_result_window\":10000}");
      awaitEqual();
      // One of the far future goes on being seen.
      put(4, "\"a\":\"farther\"", Instant.now().plus(Duration.ofDays(500)));
      await().until(() -> "farther".equals(a(4)));
    }
  }

  @Test
  void anotherFieldMayTellTheTime() {
    field = "changed";
    site(", timestamp_field: changed");
    try (DaemonThread daemon = site.start()) {
      put(1, "\"a\":\"document\"", Instant.now());
      site.cql("INSERT INTO KS.t (k, a) VALUES (2, 'row')");
      await().until(() -> "document".equals(a(1)) && documents().size() == 2);
      awaitEqual();
      assertThat(site.documents("t").get("2").has("changed")).isTrue();
      assertThat(site.documents("t").get("2").has("_timestamp")).isFalse();
      // It is the change's time.
      site.cql("UPDATE KS.t USING TIMESTAMP ? SET a = 'newer' WHERE k = 2", micros(60));
      awaitEqual();
      es(
          "POST",
          "/_update/2",
          "{\"doc\":{\"a\":\"older\",\"b\":5,\"changed\":\"%s\"}}"
              .formatted(Instant.now().plusSeconds(30)));
      update(1, "\"a\":\"changed\"");
      await().until(() -> "changed".equals(a(1)) && site.rows("t").get("2").has("b"));
      assertThat(a(2)).isEqualTo("newer");
    }
  }

  private static long micros(long secondsAhead) {
    return (System.currentTimeMillis() + secondsAhead * 1000) * 1000;
  }

  @Test
  void aColumnMayTellTheTime() {
    field = "none";
    site(", timestamp_field: at");
    try (DaemonThread daemon = site.start()) {
      es(
          "PUT",
          "/_doc/1",
          "{\"k\":1,\"a\":\"document\",\"at\":\"%s\"}"
              .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      site.cql("INSERT INTO KS.t (k, a, at) VALUES (2, 'row', '2020-01-01T00:00:00Z')");
      await().until(() -> "document".equals(a(1)) && documents().size() == 2);
      assertThat(site.documents("t").values()).noneMatch(d -> d.has("_timestamp"));
      assertThat(site.documents("t").get("2").path("at").asText()).startsWith("2020-01-01");
      es(
          "POST",
          "/_update/2?retry_on_conflict=5",
          "{\"doc\":{\"a\":\"by the application\",\"at\":\"%s\"}}"
              .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      await().until(() -> "by the application".equals(a(2)));
    }
  }

  @Test
  void randomChangesOfBothSidesEndEqual() {
    site("");
    long seed = new Random().nextLong();
    System.out.println("TimestampIT: seed " + seed);
    Random random = new Random(seed);
    try (DaemonThread daemon = site.start()) {
      for (int i = 0; i < 1200; i++) {
        int k = random.nextInt(25);
        switch (random.nextInt(7)) {
          case 0, 1 -> site.cql("INSERT INTO KS.t (k, a, b) VALUES (?, ?, ?)", k, "c" + i, i);
          case 2 -> site.cql("UPDATE KS.t SET b = ? WHERE k = ?", i, k);
          case 3 -> site.cql("DELETE FROM KS.t WHERE k = ?", k);
          case 4 -> put(k, "\"a\":\"e%d\",\"b\":%d".formatted(i, i), Instant.now());
          default ->
              servers
                  .rest()
                  .send(
                      "POST",
                      "/" + site.index("t") + "/_update/" + k,
                      "{\"doc\":{\"a\":\"u%d\",\"_timestamp\":\"%s\"}}"
                          .formatted(i, Instant.now()));
        }
      }
      awaitEqual();
      assertThat(daemon.isRunning()).isTrue();
      assertThat(site.deadLetters("t")).isEmpty();
    }
  }

  /** From numbers to times and back: neither's state says anything to the other. */
  @Test
  void theWayToSeeChangesMayBeChanged() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int, at timestamp)");
    site.listed("t", ", direction: both", "k");
    site.install();
    try (DaemonThread daemon = site.start()) {
      put(1, "\"a\":\"one\"", Instant.now());
      await().until(() -> "one".equals(a(1)));
      awaitEqual();
    }
    es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"without a time\"}");
    site.relist("t", ", direction: both, changes_by: timestamp");
    try (DaemonThread daemon = site.start()) {
      await().until(() -> "without a time".equals(a(2)));
      put(3, "\"a\":\"three\"", Instant.now());
      await().until(() -> "three".equals(a(3)));
      awaitEqual();
    }
    site.relist("t", ", direction: both");
    try (DaemonThread daemon = site.start()) {
      es("PUT", "/_doc/4", "{\"k\":4,\"a\":\"four\"}");
      await().until(() -> "four".equals(a(4)));
      awaitEqual();
      // Deletes are seen again, also of what was written meanwhile.
      es("DELETE", "/_doc/3", null);
      es("DELETE", "/_doc/1", null);
      await().until(() -> a(1) == null && a(3) == null);
      awaitEqual();
    }
  }
}
