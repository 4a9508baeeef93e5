package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The daemon ends when rows have what their documents changed, and the ledger doesn't know that
 * yet. The rows are newer then than what it knows, though nobody but the daemon wrote them.
 */
@ExtendWith(LiveServers.Extension.class)
class EndedBeforeLedgerIT {

  private static final int ALL = 1_000;

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  EndedBeforeLedgerIT(LiveServers servers) {
    this.servers = servers;
  }

  private void bulk(IntFunction<String> action) {
    String lines =
        IntStream.range(0, ALL).mapToObj(action).collect(Collectors.joining("\n", "", "\n"));
    assertThat(
            servers
                .rest()
                .ok("POST", "/" + site.index("t") + "/_bulk?refresh=true", lines)
                .path("errors")
                .asBoolean())
        .isFalse();
  }

  private void write(String value) {
    bulk(
        k ->
            "{\"index\":{\"_id\":\"%d\"}}\n{\"k\":%d,\"a\":\"%s\",\"b\":\"%s\"}"
                .formatted(k, k, value, value));
  }

  private boolean hasRow(String value) {
    return site.cql("SELECT k FROM KS.t WHERE a = ? LIMIT 1 ALLOW FILTERING", value).one() != null;
  }

  /** Has the daemon end with documents' changes half in the table. */
  private void endAmidst(String what, boolean killed) {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b text)");
    site.listed("t", ", direction: both", "k");
    site.install();
    if (what.equals("changed")) {
      write("old");
      site.once();
    }
    try (DaemonProcess daemon = site.process("run")) {
      await().until(() -> site.searchState("t").position().isPresent());
      write(what);
      await().pollInterval(Duration.ofMillis(1)).until(() -> hasRow(what));
      if (killed) {
        daemon.kill();
      } else {
        daemon.terminate();
        assertThat(daemon.exitCode(30)).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"new, true", "changed, true", "new, false", "changed, false"})
  void whatIsDeletedThenStaysDeleted(String what, boolean killed) {
    endAmidst(what, killed);
    bulk("{\"delete\":{\"_id\":\"%d\"}}"::formatted);

    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                assertThat(site.rows("t")).isEmpty();
                assertThat(site.documents("t")).isEmpty();
              });
    }
  }

  @Test
  void aRowThatIsWrittenAnewAfterThatStays() {
    endAmidst("new", true);
    bulk("{\"delete\":{\"_id\":\"%d\"}}"::formatted);
    IntStream.range(0, ALL).forEach(k -> site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'anew')", k));

    try (DaemonThread daemon = site.start()) {
      Instant started = Instant.now();
      await()
          .untilAsserted(
              () -> {
                assertThat(site.documents("t")).hasSize(ALL);
                assertThat(site.searchState("t").position().orElseThrow()).isAfter(started);
              });
      assertThat(site.rows("t").values()).allMatch(row -> row.path("a").asText().equals("anew"));
    }
  }

  /** Of a document that moved on, and of one that is gone. */
  @Test
  void placesThatWereLeftBehindAreRemoved() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b text)");
    site.listed("t", ", direction: both", "k");
    site.install();
    write("new");
    try (DaemonThread daemon = site.start()) {
      await().untilAsserted(() -> assertThat(site.rows("t")).hasSize(ALL));
      await().until(() -> places("7").size() == 1);
    }
    Row place = places("7").get(0);
    for (String id : List.of("7", "5000")) {
      site.cql(
          "INSERT INTO logger.ledger_by_seq_no (logged_keyspace, logged_table, era, shard, bucket, seq_no, document_id) VALUES (?, 't', ?, 0, 0, 0, ?)",
          site.keyspace(),
          place.getString("era"),
          id);
    }
    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                assertThat(places("5000")).isEmpty();
                assertThat(places("7"))
                    .extracting(r -> r.getLong("seq_no"))
                    .containsExactly(place.getLong("seq_no"));
              });
      assertThat(site.rows("t")).hasSize(ALL);
      assertThat(site.documents("t")).hasSize(ALL);
    }
  }

  private List<Row> places(String id) {
    return site.cql(
            "SELECT era, seq_no FROM logger.ledger_by_seq_no WHERE logged_keyspace = ? AND document_id = ? ALLOW FILTERING",
            site.keyspace(),
            id)
        .all();
  }

  /** Sets a in the rows that have got what the documents said. */
  private Set<String> changeRows(String what) {
    Set<String> later = new TreeSet<>();
    site.rows("t")
        .forEach(
            (k, row) -> {
              if (row.path("a").asText().equals(what)) {
                site.cql("UPDATE KS.t SET a = 'later' WHERE k = ?", Integer.valueOf(k));
                later.add(k);
              }
            });
    assertThat(later).isNotEmpty();
    return later;
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "changed"})
  void whatTheTableGetsThenIsNewer(String what) {
    endAmidst(what, true);
    Set<String> later = changeRows(what);

    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                Map<String, JsonNode> rows = site.rows("t");
                assertThat(rows).hasSize(ALL);
                rows.forEach(
                    (k, row) ->
                        assertThat(row.path("a").asText())
                            .as(k)
                            .isEqualTo(later.contains(k) ? "later" : what));
                site.documents("t")
                    .forEach(
                        (k, document) ->
                            assertThat(document.path("a")).isEqualTo(rows.get(k).path("a")));
              });
    }
  }

  /** What it changes then is news; what it says still is as old as it was. */
  @ParameterizedTest
  @CsvSource({"new, true", "changed, true", "new, false", "changed, false"})
  void aDocumentThatChangesThenUndoesNothingOfItsRow(String what, boolean isReplaced) {
    endAmidst(what, true);
    Set<String> later = changeRows(what);
    bulk(
        k ->
            isReplaced
                // Without b.
                ? "{\"index\":{\"_id\":\"%d\"}}\n{\"k\":%d,\"a\":\"%s\"}".formatted(k, k, what)
                : "{\"update\":{\"_id\":\"%d\"}}\n{\"doc\":{\"b\":\"then\"}}".formatted(k));

    try (DaemonThread daemon = site.start()) {
      await()
          .untilAsserted(
              () -> {
                Map<String, JsonNode> rows = site.rows("t");
                assertThat(rows).hasSize(ALL);
                rows.forEach(
                    (k, row) -> {
                      assertThat(row.path("a").asText())
                          .as(k)
                          .isEqualTo(later.contains(k) ? "later" : what);
                      assertThat(row.path("b").asText()).as(k).isEqualTo(isReplaced ? "" : "then");
                    });
                site.documents("t")
                    .forEach(
                        (k, document) -> {
                          assertThat(document.path("a")).isEqualTo(rows.get(k).path("a"));
                          assertThat(document.path("b")).isEqualTo(rows.get(k).path("b"));
                        });
              });
    }
  }
}
