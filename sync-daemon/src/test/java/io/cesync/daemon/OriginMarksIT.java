package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Documents and rows that name the system that they come from. */
@ExtendWith(LiveServers.Extension.class)
class OriginMarksIT {

  private final LiveServers servers;
  private final Site site;

  OriginMarksIT(LiveServers servers, @TempDir Path directory) {
    this.servers = servers;
    site = new Site(servers, directory);
  }

  private void es(String method, String path, String body) {
    servers.rest().ok(method, "/" + site.index("t") + path, body);
  }

  private JsonNode document(int k) {
    JsonNode document = site.documents("t").get(String.valueOf(k));
    return document == null ? MissingNode.getInstance() : document;
  }

  private JsonNode row(int k) {
    JsonNode row = site.rows("t").get(String.valueOf(k));
    return row == null ? MissingNode.getInstance() : row;
  }

  @Test
  void documentsTellWhereTheyComeFrom() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text)");
    site.listed("t", ", direction: both, source_field: source, cassandra_source_id: c1", "k");
    site.install();
    try (DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (1, 'row')");
      await().untilAsserted(() -> assertThat(document(1).path("source").asText()).isEqualTo("c1"));
      es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"document\",\"source\":\"app\"}");
      await().untilAsserted(() -> assertThat(row(2).path("a").asText()).isEqualTo("document"));
      // Nothing is passed over: it says so only because a partial update leaves the field.
      es("POST", "/_update/1?retry_on_conflict=5", "{\"doc\":{\"a\":\"changed\"}}");
      await().untilAsserted(() -> assertThat(row(1).path("a").asText()).isEqualTo("changed"));
      assertThat(document(2).path("source").asText()).isEqualTo("app");
      assertThat(site.deadLetters("t")).isEmpty();
    }
  }

  @Test
  void whatComesFromTheOtherSideIsPassedOver() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, source text)");
    site.listed("t", ", direction: both, source_field: source, ignore_same_source: true", "k");
    site.install();
    try (DaemonThread daemon = site.start()) {
      es("PUT", "/_doc/1", "{\"k\":1,\"a\":\"passed over\",\"source\":\"cassandra\"}");
      es("PUT", "/_doc/2", "{\"k\":2,\"a\":\"taken\",\"source\":\"elasticsearch\"}");
      site.cql("INSERT INTO KS.t (k, a, source) VALUES (3, 'passed over', 'elasticsearch')");
      site.cql("INSERT INTO KS.t (k, a, source) VALUES (4, 'taken', 'cassandra')");
      await()
          .untilAsserted(
              () -> {
                assertThat(row(2).path("a").asText()).isEqualTo("taken");
                assertThat(document(4).path("a").asText()).isEqualTo("taken");
              });
      es("PUT", "/_doc/5", "{\"k\":5,\"source\":\"elasticsearch\"}");
      site.cql("INSERT INTO KS.t (k, source) VALUES (6, 'cassandra')");
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).containsOnlyKeys("2", "3", "4", "5", "6");
                assertThat(site.documents("t")).containsOnlyKeys("1", "2", "4", "5", "6");
              });
    }
  }
}
