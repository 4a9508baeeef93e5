package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import io.cesync.state.StreamState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changes go from the index to the table only. */
@ExtendWith(LiveServers.Extension.class)
class IndexToTableIT {

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  IndexToTableIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeEach
  void install() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b int)");
    site.listed("t", ", direction: elasticsearch-to-cassandra", "k");
    assertThat(site.install()).noneMatch(line -> line.contains("trigger"));
  }

  private void es(String method, String path, String body) {
    servers.rest().ok(method, "/" + site.index("t") + path, body);
  }

  private JsonNode row(int k) {
    JsonNode row = site.rows("t").get(String.valueOf(k));
    return row == null ? MissingNode.getInstance() : row;
  }

  @Test
  void documentsBecomeRowsAndAreNeverWritten() {
    es("PUT", "/_doc/1", "{\"k\":1,\"a\":\"before\",\"b\":1}");
    site.cql("INSERT INTO KS.t (k, a) VALUES (5, 'only a row')");
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(row(1).path("a").asText()).isEqualTo("before"));
      es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"new\"}");
      await().untilAsserted(() -> assertThat(row(2).path("a").asText()).isEqualTo("new"));

      // The application's own change of the row stands beside the document's next one.
      site.cql("UPDATE KS.t SET a = 'by the row' WHERE k = 1");
      es("POST", "/_update/1", "{\"doc\":{\"b\":2}}");
      await().untilAsserted(() -> assertThat(row(1).path("b").asInt()).isEqualTo(2));
      assertThat(row(1).path("a").asText()).isEqualTo("by the row");

      es("DELETE", "/_doc/2", null);
      await().untilAsserted(() -> assertThat(site.rows("t")).containsOnlyKeys("1", "5"));

      Map<String, JsonNode> documents = site.documents("t");
      assertThat(documents).containsOnlyKeys("1");
      assertThat(documents.get("1").path("a").asText()).isEqualTo("before");
      assertThat(documents.get("1").path("b").asInt()).isEqualTo(2);
    }
    assertThat(site.state("t")).isEqualTo(StreamState.NEW);
    assertThat(site.searchState("t").position()).isPresent();
  }

  @Test
  void onceEndsWithTheRowsThere() {
    for (int k = 0; k < 50; k++) {
      es("PUT", "/_doc/" + k, "{\"k\":" + k + ",\"a\":\"" + k + "\"}");
    }
    Instant before = Instant.now();
    site.once();
    assertThat(site.rows("t")).hasSize(50);
    assertThat(site.searchState("t").position().orElseThrow()).isAfterOrEqualTo(before);

    es("DELETE", "/_doc/7", null);
    es("POST", "/_update/8", "{\"doc\":{\"a\":\"changed while nobody looked\"}}");
    site.once();
    assertThat(site.rows("t")).hasSize(49).doesNotContainKey("7");
    assertThat(row(8).path("a").asText()).isEqualTo("changed while nobody looked");
  }
}
