package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Documents that can't be rows are put aside with the reason, and the rest goes on. */
@ExtendWith(LiveServers.Extension.class)
class RefusedDocumentsIT {

  /** A text field that takes nothing but dates, though it doesn't look like it. */
  static final String DATE_BESIDE_TEXT =
      """
      {"mappings": {"properties": {"w": {"type": "text", "fields": {"day": {"type": "date"}}}}}}
      """;

  private final LiveServers servers;
  private final Site site;

  RefusedDocumentsIT(LiveServers servers, @TempDir Path directory) {
    this.servers = servers;
    site = new Site(servers, directory);
  }

  /** The one with the key 7: the index takes its {@code w} for a date. */
  private void tableWithRowThatIsRefused() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, v text, w text, x text)");
    site.listed("t", ", direction: both", "k");
    servers.rest().ok("PUT", "/" + site.index("t"), DATE_BESIDE_TEXT);
    site.install();
    site.cql("INSERT INTO KS.t (k, w) VALUES (7, 'no date')");
  }

  private void es(String method, String table, String path, String body) {
    servers.rest().ok(method, "/" + site.index(table) + path, body);
  }

  @Test
  void documentsThatCannotBeRowsAreDeadLetters() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b tinyint)");
    site.listed("t", ", direction: both", "k").install();
    es("PUT", "t", "/_doc/1", "{\"k\":1,\"b2\":\"no such column\"}");
    es("PUT", "t", "/_doc/2", "{\"k\":3,\"a\":\"the key says otherwise\"}");
    es("PUT", "t", "/_doc/key", "{\"a\":\"no number\"}");
    es("PUT", "t", "/_doc/4", "{\"k\":4,\"b\":\"7.5\"}");
    try (DaemonThread daemon = site.start()) {
      es("PUT", "t", "/_doc/5", "{\"k\":5,\"a\":\"good\"}");
      await().untilAsserted(() -> assertThat(site.rows("t")).containsOnlyKeys("5"));
      await().until(() -> site.deadLetters("t").size() == 4);
      Map<String, String> letters = site.deadLetters("t");
      assertThat(letters.get("{\"k\":1}")).contains("b2");
      assertThat(letters.get("{\"k\":2}")).contains("k");
      assertThat(letters.get("\"key\"")).contains("key");
      assertThat(letters.get("{\"k\":4}")).contains("b");
      assertThat(site.refusedDocument("t", "{\"k\":4}")).isEqualTo("{\"k\":4,\"b\":\"7.5\"}");
      await().until(() -> site.searchState("t").counts().deadLetters() == 4);

      // Mended, and deleted.
      es("PUT", "t", "/_doc/4", "{\"k\":4,\"b\":7}");
      es("DELETE", "t", "/_doc/1", null);
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t").get("4")).isNotNull();
                assertThat(site.deadLetters("t")).containsOnlyKeys("{\"k\":2}", "\"key\"");
              });
      assertThat(site.rows("t").get("4").path("b").asInt()).isEqualTo(7);
    }
  }

  /**
   * There are as many documents as the ledger would have without the one whose row is refused, if
   * another one is deleted.
   */
  @Test
  void deletionsAreNoticedBesideADocumentWhoseRowIsRefused() {
    tableWithRowThatIsRefused();
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.deadLetters("t").containsKey("{\"k\":7}"));
      for (int k : new int[] {1, 2, 3, 7}) {
        es("PUT", "t", "/_doc/" + k, "{\"k\":" + k + ",\"v\":\"document\"}");
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(site.rows("t").values())
                      .hasSize(4)
                      .allMatch(row -> row.path("v").asText().equals("document")));
      Instant written = Instant.now();
      await()
          .until(
              () -> site.searchState("t").position().filter(at -> at.isAfter(written)).isPresent());

      es("DELETE", "t", "/_doc/1", null);
      await().untilAsserted(() -> assertThat(site.rows("t")).containsOnlyKeys("2", "3", "7"));
      es("DELETE", "t", "/_doc/7", null);
      await().untilAsserted(() -> assertThat(site.rows("t")).containsOnlyKeys("2", "3"));
      await().until(() -> site.deadLetters("t").isEmpty());
    }
  }

  /** Its row has got what it said, though the index refuses what the row is. */
  @Test
  void whatARowHasGotIsNoChangeOnceMoreWhenItsDocumentChangesNext() {
    tableWithRowThatIsRefused();
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.deadLetters("t").containsKey("{\"k\":7}"));
      es("PUT", "t", "/_doc/7", "{\"k\":7,\"v\":\"document\"}");
      await().until(() -> text(7, "v").equals("document"));
      Instant written = Instant.now();
      await()
          .until(
              () -> site.searchState("t").position().filter(at -> at.isAfter(written)).isPresent());

      site.cql("UPDATE KS.t SET v = 'newer' WHERE k = 7");
      es("POST", "t", "/_update/7", "{\"doc\":{\"x\":\"other\"}}");
      await().until(() -> text(7, "x").equals("other"));
      assertThat(text(7, "v")).isEqualTo("newer");
    }
  }

  private String text(int key, String column) {
    return site.rows("t").get(Integer.toString(key)).path(column).asText();
  }

  private int counter() {
    JsonNode document = site.documents("c").get("1");
    return document == null ? -1 : document.path("n").asInt();
  }

  @Test
  void countersArePutRightAndCounted() {
    site.cql("CREATE TABLE KS.c (k int PRIMARY KEY, n counter)");
    site.listed("c", ", direction: both", "k").install();
    try (DaemonThread daemon = site.start()) {
      site.cql("UPDATE KS.c SET n = n + 3 WHERE k = 1");
      await().untilAsserted(() -> assertThat(counter()).isEqualTo(3));
      es("POST", "c", "/_update/1?retry_on_conflict=5", "{\"doc\":{\"n\":99}}");
      await().until(() -> site.searchState("c").counts().refusedCounters() == 1);
      await().untilAsserted(() -> assertThat(counter()).isEqualTo(3));
      site.cql("UPDATE KS.c SET n = n + 4 WHERE k = 1");
      await().untilAsserted(() -> assertThat(counter()).isEqualTo(7));
      assertThat(site.searchState("c").counts().refusedCounters()).isEqualTo(1);
    }
  }
}
