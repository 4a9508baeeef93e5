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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** New documents of a table that takes them without its rows being read before. */
@ExtendWith(LiveServers.Extension.class)
class FreshDocumentsIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  FreshDocumentsIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeEach
  void anIndexThatIsFollowed() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int)");
    site.listed("t", ", direction: both", "k");
    site.install();
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.searchState("t").position().isPresent());
    }
  }

  private void index(int from, int to, String timestamp) {
    StringBuilder bulk = new StringBuilder();
    for (int k = from; k < to; k++) {
      bulk.append("{\"index\":{\"_id\":\"%d\"}}\n".formatted(k));
      bulk.append("{\"k\":%d,\"a\":\"document\"%s}\n".formatted(k, timestamp));
    }
    servers.rest().ok("POST", "/" + site.index("t") + "/_bulk", bulk.toString());
  }

  private void awaitEqual() {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () -> {
              Map<String, JsonNode> documents = site.documents("t");
              documents.values().forEach(document -> ((ObjectNode) document).remove("_timestamp"));
              assertThat(documents).isEqualTo(site.rows("t"));
            });
  }

  private long documentsReadById() {
    return servers
        .rest()
        .ok("GET", "/" + site.index("t") + "/_stats/get", null)
        .at("/_all/primaries/get/total")
        .asLong();
  }

  @Test
  void theyAreNotReadOnceMore() {
    long before = documentsReadById();
    index(0, 2_000, "");
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(site.rows("t")).hasSize(2_000));
      awaitEqual();
      // The state is saved a moment later.
      await()
          .untilAsserted(
              () -> assertThat(site.searchState("t").counts().applied()).isEqualTo(2_000));
    }
    assertThat(documentsReadById()).isEqualTo(before);
    assertThat(site.rows("t").get("7").path("a").asText()).isEqualTo("document");
  }

  @Test
  void whatTheirRowsHaveNewerStays() {
    for (int k = 0; k < 100; k++) {
      site.cql("INSERT INTO KS.t (k, b) VALUES (?, 1)", k);
      site.cql("UPDATE KS.t USING TIMESTAMP 2000000 SET a = 'older' WHERE k = ?", k);
    }
    for (int k = 100; k < 200; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'newer')", k);
    }
    for (int k = 200; k < 300; k++) {
      site.cql("DELETE FROM KS.t WHERE k = ?", k);
    }
    // Far older than the rows' present, and newer than 1970-01-01T00:00:02.
    index(0, 300, ",\"_timestamp\":\"2020-01-01T00:00:00.000001Z\"");
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(site.documents("t")).hasSize(200));
      awaitEqual();
    }
    Map<String, JsonNode> rows = site.rows("t");
    assertThat(rows).hasSize(200);
    assertThat(rows.get("7").path("a").asText()).isEqualTo("document");
    assertThat(rows.get("7").path("b").asInt()).isEqualTo(1);
    assertThat(rows.get("107").path("a").asText()).isEqualTo("newer");
  }

  @Test
  void theOneThatFitsNoRowIsPutAside() {
    index(0, 50, "");
    servers.rest().ok("PUT", "/" + site.index("t") + "/_doc/50", "{\"k\":50,\"other\":1}");
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(site.rows("t")).hasSize(50));
      await().untilAsserted(() -> assertThat(site.deadLetters("t")).hasSize(1));
    }
  }
}
