package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application deletes documents by a field, whichever way changes are seen. */
@ExtendWith(LiveServers.Extension.class)
class SoftDeletesIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  SoftDeletesIT(LiveServers servers) {
    this.servers = servers;
  }

  private void site(String changesBy) {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int, tags set<text>)");
    site.listed("t", ", direction: both, deleted_field: gone, changes_by: " + changesBy, "k");
    site.install();
  }

  private void put(int k, String fields, Instant at) {
    servers
        .rest()
        .ok(
            "PUT",
            "/" + site.index("t") + "/_doc/" + k,
            "{\"k\":%d,%s,\"_timestamp\":\"%s\"}".formatted(k, fields, at));
  }

  private void update(int k, String fields) {
    servers
        .rest()
        .send(
            "POST",
            "/" + site.index("t") + "/_update/" + k + "?retry_on_conflict=9",
            "{\"doc\":{%s,\"_timestamp\":\"%s\"}}".formatted(fields, Instant.now()));
  }

  private void awaitEqual() {
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              Map<String, JsonNode> documents = site.documents("t");
              for (JsonNode document : documents.values()) {
                ((ObjectNode) document).remove("_timestamp");
                if (!document.path("gone").asBoolean()) {
                  ((ObjectNode) document).remove("gone");
                }
              }
              assertThat(documents).isEqualTo(site.rows("t"));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"seq_no", "timestamp"})
  void aMarkedDocumentGoesWithItsRow(String changesBy) {
    site(changesBy);
    try (DaemonThread daemon = site.start()) {
      for (int k = 0; k < 10; k++) {
        site.cql("INSERT INTO KS.t (k, a, b, tags) VALUES (?, 'row', 1, {'x'})", k);
      }
      awaitEqual();
      update(0, "\"gone\":true");
      // What else it says doesn't matter.
      put(1, "\"gone\":\"true\",\"b\":1.5", Instant.now());
      update(2, "\"gone\":false,\"a\":\"kept\"");
      put(20, "\"gone\":true", Instant.now());
      site.cql("DELETE FROM KS.t WHERE k = 3");
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).containsOnlyKeys("2", "4", "5", "6", "7", "8", "9");
                assertThat(site.rows("t").get("2").path("a").asText()).isEqualTo("kept");
                assertThat(site.documents("t")).hasSize(7);
              });
      awaitEqual();
      // A document and a row of that key may come again.
      put(0, "\"a\":\"again\"", Instant.now());
      site.cql("INSERT INTO KS.t (k, a) VALUES (1, 'again')");
      await().until(() -> site.rows("t").containsKey("0") && site.documents("t").size() == 9);
      awaitEqual();
      assertThat(site.deadLetters("t")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seq_no", "timestamp"})
  void whatIsNewerInCassandraOutlivesTheMark(String changesBy) {
    site(changesBy);
    long ahead = (System.currentTimeMillis() + 20_000) * 1_000;
    try (DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, a, b, tags) VALUES (1, 'old', 1, {'x'})");
      awaitEqual();
      site.cql("UPDATE KS.t USING TIMESTAMP ? SET b = 2, tags = tags + {'y'} WHERE k = 1", ahead);
      awaitEqual();
    }
    // While nobody follows: the mark's time would count for nothing if the document had the newer
    // change already.
    Instant between = Instant.ofEpochMilli(ahead / 1_000 + 5_000);
    site.cql("UPDATE KS.t USING TIMESTAMP ? SET b = 3 WHERE k = 1", ahead + 10_000_000);
    put(1, "\"gone\":true", between);
    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                JsonNode row = site.rows("t").get("1");
                assertThat(row).isNotNull();
                assertThat(row.path("b").asInt()).isEqualTo(3);
                assertThat(row.has("a") || row.has("tags")).isFalse();
              });
      awaitEqual();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seq_no", "timestamp"})
  void randomChangesOfBothSidesEndEqual(String changesBy) {
    site(changesBy);
    long seed = new Random().nextLong();
    System.out.println("SoftDeletesIT: seed " + seed);
    Random random = new Random(seed);
    try (DaemonThread daemon = site.start()) {
      for (int i = 0; i < 800; i++) {
        int k = random.nextInt(20);
        switch (random.nextInt(7)) {
          case 0 -> site.cql("INSERT INTO KS.t (k, a, b) VALUES (?, ?, ?)", k, "c" + i, i);
          case 1 -> site.cql("UPDATE KS.t SET b = ?, tags = tags + {'t'} WHERE k = ?", i, k);
          case 2 -> site.cql("DELETE FROM KS.t WHERE k = ?", k);
          case 3, 4 -> put(k, "\"a\":\"e%d\",\"b\":%d".formatted(i, i), Instant.now());
          case 5 -> update(k, "\"gone\":true");
          default -> update(k, "\"a\":\"u" + i + "\"");
        }
      }
      awaitEqual();
      assertThat(daemon.isRunning()).isTrue();
      assertThat(site.deadLetters("t")).isEmpty();
    }
  }
}
