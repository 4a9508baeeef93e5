package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changes of many rows of a two-way table at once. */
@ExtendWith(LiveServers.Extension.class)
class TwoWayPartitionsIT {

  private static final int ROWS = 5_000;
  private static final int CHANGES = 40;

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  TwoWayPartitionsIT(LiveServers servers) {
    this.servers = servers;
  }

  private void site(int rows) {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (a int, c int, s text static, v text, w text, PRIMARY KEY (a, c))");
    site.listed("t", ", direction: both", "a", "c");
    site.install();
    PreparedStatement insert =
        servers
            .session()
            .prepare("INSERT INTO " + site.keyspace() + ".t (a, c, v) VALUES (1, ?, 'old')");
    for (int start = 0; start < rows; start += 100) {
      BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
      for (int c = start; c < start + 100; c++) {
        batch.addStatement(insert.bind(c));
      }
      servers.session().execute(batch.build());
    }
    site.once();
  }

  private Map<String, JsonNode> documents() {
    Map<String, JsonNode> documents = site.documents("t");
    documents.values().forEach(document -> ((ObjectNode) document).remove("_timestamp"));
    return documents;
  }

  private void awaitEqual() {
    await()
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(documents()).isEqualTo(site.rows("t")));
  }

  /** Milliseconds until a changed row is in its document. */
  private long change(int a, int c, String value) {
    long start = System.nanoTime();
    site.cql("UPDATE KS.t SET v = ? WHERE a = ? AND c = ?", value, a, c);
    String path = "/" + site.index("t") + "/_doc/%5B" + a + "," + c + "%5D";
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                servers
                    .rest()
                    .ok("GET", path, null)
                    .path("_source")
                    .path("v")
                    .asText()
                    .equals(value));
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  @Test
  void rowsDoNotWaitForLooksAtTheirLargePartition() {
    site(ROWS);
    try (DaemonThread daemon = site.start()) {
      for (int c = 0; c < CHANGES; c++) {
        site.cql("INSERT INTO KS.t (a, c, v) VALUES (2, ?, 'old')", c);
      }
      awaitEqual();
      List<Long> delays = new ArrayList<>();
      List<Long> elsewhere = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        if (i % 20 == 0) {
          site.cql("UPDATE KS.t SET s = ? WHERE a = 1", "static " + i);
        }
        site.cql("DELETE FROM KS.t WHERE a = 1 AND c > ?", ROWS - 3 * i);
        delays.add(change(1, i, "new " + i));
        elsewhere.add(change(2, i, "new " + i));
      }
      awaitEqual();
      assertThat(median(delays))
          .as("of %s, elsewhere %s", delays, elsewhere)
          .isLessThan(2 * median(elsewhere) + 100);
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  /** A look that finds a row as its document must not trust that while the row is on its way. */
  @Test
  void staticColumnsThatGoBackAndForthBesideTheirRowsEndEqual() {
    site(200);
    try (DaemonThread daemon = site.start()) {
      awaitEqual();
      for (int i = 0; i < 300; i++) {
        site.cql("UPDATE KS.t SET s = ? WHERE a = 1", i % 2 == 0 ? "one" : "other");
        site.cql("UPDATE KS.t SET v = ? WHERE a = 1 AND c = ?", "v" + i, i % 20);
        site.cql("UPDATE KS.t SET w = ? WHERE a = 1 AND c = ?", "w" + i, i % 7);
        if (i % 50 == 0) {
          site.cql("DELETE FROM KS.t WHERE a = 1 AND c > ?", 190 - i / 10);
        }
      }
      awaitEqual();
    }
  }
}
