package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that the search server refuses for good: put aside with the reason, and the rest goes on.
 */
@ExtendWith(LiveServers.Extension.class)
class BadDocumentsIT {

  @TempDir Path directory;
  private final LiveServers servers;

  BadDocumentsIT(LiveServers servers) {
    this.servers = servers;
  }

  @Test
  void aMappingConflictIsPutAsideUntilTheRowIsAcceptable() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text, w text", "k");
    servers.rest().ok("PUT", "/" + site.index("t"), RefusedDocumentsIT.DATE_BESIDE_TEXT);
    site.install();
    site.cql("INSERT INTO KS.t (k, v, w) VALUES (0, 'snapshot', 'before the daemon')");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      for (int k = 1; k <= 20; k++) {
        String w = k == 7 ? "yesterday" : "2024-01-0" + (k % 9 + 1);
        site.cql("INSERT INTO KS.t (k, v, w) VALUES (?, ?, ?)", k, "row " + k, w);
      }
      await().until(() -> site.documents("t").size() == 19);
      await().until(() -> site.deadLetters("t").size() == 2);
      assertThat(site.deadLetters("t"))
          .containsOnlyKeys("{\"k\":0}", "{\"k\":7}")
          .hasEntrySatisfying(
              "{\"k\":7}", reason -> assertThat(reason).contains("of type [date]", "yesterday"));
      assertThat(
              site.cql(
                      "SELECT document FROM logger.dead_letter WHERE logged_keyspace = ? AND logged_table = 't' AND direction = 'cassandra-to-elasticsearch' AND logged_key = '{\"k\":7}'",
                      site.keyspace())
                  .one()
                  .getString(0))
          .contains("row 7");
      await().until(() -> site.state("t").counts().deadLetters() == 2);
      assertThat(log.with("is put aside as a dead letter")).hasSize(2);
      assertThat(site.state("t").lastError().orElseThrow().message()).startsWith("dead letter: ");

      site.cql("UPDATE KS.t SET w = '2024-02-02' WHERE k = 7");
      site.cql("DELETE FROM KS.t WHERE k = 0");
      site.awaitEqual("t");
      await().until(() -> site.deadLetters("t").isEmpty());
    }
  }

  @Test
  void aDeadLetterOfAnEarlierRunGoesWhenItsRowIsMended() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, w text", "k");
    servers.rest().ok("PUT", "/" + site.index("t"), RefusedDocumentsIT.DATE_BESIDE_TEXT);
    site.install();
    site.cql("INSERT INTO KS.t (k, w) VALUES (1, 'home')");
    site.once();
    assertThat(site.deadLetters("t")).containsOnlyKeys("{\"k\":1}");

    site.cql("INSERT INTO KS.t (k, w) VALUES (1, '2024-02-29')");
    site.once();

    site.awaitEqual("t");
    await().until(() -> site.deadLetters("t").isEmpty());
  }

  @Test
  void aDeadLetterGoesWhenItsIndexIsMendedAndTheDaemonStartedAgain() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, w text", "k");
    servers.rest().ok("PUT", "/" + site.index("t"), RefusedDocumentsIT.DATE_BESIDE_TEXT);
    site.install();
    site.cql("INSERT INTO KS.t (k, w) VALUES (1, 'no date')");
    site.cql("INSERT INTO KS.t (k, w) VALUES (2, 'no date')");
    site.once();
    assertThat(site.deadLetters("t")).hasSize(2);
    servers.rest().ok("DELETE", "/" + site.index("t"), null);
    site.install();

    site.once();

    site.awaitEqual("t");
    await().until(() -> site.deadLetters("t").isEmpty());
  }

  @Test
  void aDocumentOverTheServersLimitIsPutAsideAndTheOthersOfItsBulkGoOn() {
    Site site =
        new Site(servers, directory)
            .option("bulk", "{max_bytes: 5MiB}")
            .table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    for (int k = 0; k < 50; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, ?)", k, "x".repeat(k == 31 ? 300_000 : 20_000));
    }
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.documents("t").size() == 49);
      await().until(() -> site.deadLetters("t").size() == 1);
      assertThat(site.deadLetters("t").get("{\"k\":31}")).contains("larger than the server takes");

      for (int k = 50; k < 100; k++) {
        site.cql("INSERT INTO KS.t (k, v) VALUES (?, ?)", k, "x".repeat(20_000));
      }
      site.cql("UPDATE KS.t SET v = 'short' WHERE k = 31");
      site.awaitEqual("t");
      await().until(() -> site.deadLetters("t").isEmpty());
    }
  }

  @Test
  void anIdOverTheServersLimitIsPutAside() {
    Site site =
        new Site(servers, directory)
            .table("t", "a text, b text, v int, PRIMARY KEY (a, b)", "a", "b");
    site.install();
    String longKey = "é".repeat(300);
    site.cql("INSERT INTO KS.t (a, b, v) VALUES (?, 'snapshot', 1)", longKey);
    try (DaemonThread daemon = site.start()) {
      for (int i = 0; i < 10; i++) {
        site.cql("INSERT INTO KS.t (a, b, v) VALUES ('a', ?, 1)", "b" + i);
      }
      site.cql("INSERT INTO KS.t (a, b, v) VALUES (?, 'tail', 1)", longKey);
      await().until(() -> site.documents("t").size() == 10);
      await().until(() -> site.deadLetters("t").size() == 2);
      assertThat(site.deadLetters("t").values())
          .allMatch(reason -> reason.contains("longer than 512 bytes"));

      site.cql("DELETE FROM KS.t WHERE a = ? AND b = 'tail'", longKey);
      await().until(() -> site.deadLetters("t").size() == 1);
      site.cql("DELETE FROM KS.t WHERE a = ?", longKey);
      await().until(() -> site.deadLetters("t").isEmpty());
      site.awaitEqual("t");
    }
  }
}
