package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person does about dead letters, and what needs nobody. */
@ExtendWith(LiveServers.Extension.class)
class DeadLettersIT {

  /** A text field that takes nothing but dates, unless told to take the rest, too. */
  private static final String DATES =
      "{\"properties\":{\"w\":{\"type\":\"text\",\"fields\":{\"day\":{\"type\":\"date\",\"ignore_malformed\":%s}}}}}";

  private static final String ONE = "{\"k\":1}";
  private static final String TWO = "{\"k\":2}";

  private final LiveServers servers;
  private final Site site;

  DeadLettersIT(LiveServers servers, @TempDir Path directory) {
    this.servers = servers;
    site = new Site(servers, directory);
  }

  private Cli run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "-c", site.settingsFile().toString()));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private Cli letters(String... arguments) {
    return run("dead-letters", arguments);
  }

  private String name() {
    return site.keyspace() + ".t";
  }

  private void datesOnly() {
    site.table("t", "k int PRIMARY KEY, w text, v text", "k");
    servers
        .rest()
        .ok("PUT", "/" + site.index("t"), "{\"mappings\":" + DATES.formatted(false) + "}");
    site.install();
    site.cql("INSERT INTO KS.t (k, w) VALUES (1, 'tomorrow')");
    site.cql("INSERT INTO KS.t (k, w) VALUES (2, 'some day')");
  }

  private void takeAll() {
    servers.rest().ok("PUT", "/" + site.index("t") + "/_mapping", DATES.formatted(true));
  }

  private void es(String method, String path, String body) {
    servers.rest().ok(method, "/" + site.index("t") + path, body);
  }

  private void awaitLetters(int number) {
    await().until(() -> site.deadLetters("t").size() == number);
  }

  @Test
  void lettersAreListedShownTriedAndDropped() {
    datesOnly();
    try (DaemonThread daemon = site.start()) {
      awaitLetters(2);

      assertThat(letters("list", name()).outLines())
          .hasSize(3)
          .anyMatch(line -> line.contains("Z  " + name() + "  cassandra-to-elasticsearch  " + ONE))
          .anyMatch(line -> line.contains(TWO))
          .endsWith("2 dead letters.");
      assertThat(letters().out()).isEqualTo(letters("list").out());
      assertThat(letters("list", "--json").outLines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("{\"table\":\"" + name() + "\"")
          .contains("\"key\":\"{\\\"k\\\":1}\"", "\"since\":\"20", "\"reason\":\"");
      await().until(() -> site.state("t").deadLettersNow().equals(Optional.of(2L)));
      assertThat(run("status", "--json").out()).contains("\"dead_letters_now\" : 2");

      assertThat(letters("show", name(), ONE).out())
          .contains("  reason: ", "what was refused: {\"k\":1,\"w\":\"tomorrow\"}")
          .contains("The row now: {\"k\": 1", "The document now: (none")
          .contains("dead-letters retry " + name() + " '{\"k\":1}'");

      Cli refused = letters("retry", name(), ONE);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out())
          .contains("0 went through, 1 refused again, 0 not tried", "tomorrow")
          .doesNotContain("some day");
      // The refusal of another value is the letter's new reason.
      site.cql("UPDATE KS.t SET w = 'never' WHERE k = 1");
      await().until(() -> site.deadLetters("t").get(ONE).contains("never"));

      assertThat(letters("drop", name()).err()).contains("2 dead letters", "--yes");
      assertThat(site.deadLetters("t")).hasSize(2);
      assertThat(letters("drop", name(), ONE).out())
          .isEqualTo("Dropped 1 dead letter of " + name() + ".\n");
      assertThat(site.deadLetters("t")).containsOnlyKeys(TWO);
      await().until(() -> site.state("t").deadLettersNow().equals(Optional.of(1L)));
      site.cql("UPDATE KS.t SET w = '2026-01-01' WHERE k = 2");
      awaitLetters(0);
      assertThat(letters("retry", "--all").out()).isEqualTo(name() + ": no dead letters.\n");
      assertThat(letters("drop", "--all").exitCode()).isZero();
    }
  }

  @Test
  void badInputIsToldWithWhatToDo() {
    datesOnly();
    site.once();
    assertThat(letters("list", "no.table"))
        .matches(cli -> cli.exitCode() == 2)
        .matches(
            cli -> cli.err().contains("no.table is not in the settings; they have: " + name()));
    assertThat(letters("show", name(), "{\"k\":3}"))
        .matches(cli -> cli.exitCode() == 1)
        .matches(
            cli -> cli.err().contains("No dead letter of " + name() + " has the key {\"k\":3}"));
    assertThat(letters("show", name()).exitCode()).isEqualTo(2);
    assertThat(letters("retry", name(), "nonsense").exitCode()).isEqualTo(1);
    for (String command : new String[] {"retry", "drop"}) {
      assertThat(letters(command))
          .matches(cli -> cli.exitCode() == 2)
          .matches(cli -> cli.err().contains("say --all"));
      assertThat(letters(command, name(), "--all").exitCode()).isEqualTo(2);
      assertThat(letters(command, "Shop.Product").err()).contains("TABLE must be lower case");
    }
    assertThat(site.deadLetters("t")).hasSize(2);
  }

  @Test
  void lettersGoByThemselvesWhenTheMappingOrAColumnChanges() {
    datesOnly();
    try (DaemonThread daemon = site.start()) {
      awaitLetters(2);
      takeAll();
      awaitLetters(0);
      site.awaitEqual("t");
      servers.rest().ok("DELETE", "/" + site.index("t") + "/_doc/1?refresh=true", null);
      es("PUT", "/_mapping", DATES.formatted(false));
      site.cql("UPDATE KS.t SET w = 'next year', v = 'kept' WHERE k = 1");
      awaitLetters(1);
      site.cql("ALTER TABLE KS.t DROP w");
      awaitLetters(0);
      site.awaitDocument("t", "1", d -> assertThat(d.path("v").asText()).isEqualTo("kept"));
    }
  }

  @Test
  void withoutADaemonTheNextStartTries() {
    datesOnly();
    site.once();
    assertThat(site.deadLetters("t")).hasSize(2);
    Cli retry = letters("retry", name());
    assertThat(retry.exitCode()).isZero();
    assertThat(retry.out()).contains("no daemon runs", "next start", "the 2 letters");
    assertThat(letters("retry", name(), ONE).out()).contains("the letter");

    assertThat(letters("drop", name(), ONE).exitCode()).isZero();
    assertThat(run("status").out()).containsPattern(name() + ".* 1\n");
    takeAll();
    site.once();
    assertThat(site.deadLetters("t")).isEmpty();
    assertThat(site.documents("t")).containsKey("2");
    assertThat(site.state("t").deadLettersNow()).contains(0L);
  }

  @Test
  void lettersOfDocumentsToo() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text)");
    site.listed("t", ", direction: both", "k").install();
    es("PUT", "/_doc/1", "{\"k\":1,\"b\":\"x\"}");
    es("PUT", "/_doc/2", "{\"k\":2,\"c\":\"y\"}");
    es("PUT", "/_doc/one?routing=r", "{\"k\":1}");
    es("PUT", "/_doc/two", "{\"k\":2}");
    String foreign = "\"two\"";
    try (DaemonThread daemon = site.start()) {
      awaitLetters(4);
      await().until(() -> site.searchState("t").deadLettersNow().equals(Optional.of(4L)));
      assertThat(letters("show", name(), ONE).out())
          .contains("elasticsearch-to-cassandra", "{\"k\":1,\"b\":\"x\"}", "add the column");
      assertThat(letters("show", name(), foreign).out())
          .contains("The document now: {\"k\":2}", "under the id that its key makes");
      assertThat(letters("retry", name()).out()).contains("0 went through, 4 refused again, 0 not");

      es("DELETE", "/_doc/one?routing=r", null);
      site.cql("ALTER TABLE KS.t ADD b text");
      await().until(() -> site.rows("t").containsKey("1"));
      assertThat(site.rows("t").get("1").path("b").asText()).isEqualTo("x");
      await().untilAsserted(() -> assertThat(site.deadLetters("t")).containsOnlyKeys(TWO, foreign));
    }
    es("DELETE", "/_doc/two", null);
    site.cql("ALTER TABLE KS.t ADD c text");
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.rows("t").containsKey("2"));
      awaitLetters(0);
      assertThat(site.rows("t").get("2").path("c").asText()).isEqualTo("y");
      assertThat(site.documents("t")).containsOnlyKeys("1", "2");
    }
  }

  /** Only what the application did not do may be undone, whoever looks at the document. */
  @Test
  void aRefusedDocumentIsLeftAloneUntilItCanBeTaken() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text, b text)");
    site.listed("t", ", direction: both", "k").install();
    site.cql("INSERT INTO KS.t (k, a, b) VALUES (2, 'old', 'old')");
    String refused = "{\"k\":1,\"a\":\"x\",\"c\":\"new\"}";
    String changed = "{\"k\":2,\"a\":\"x\",\"c\":\"new\"}";
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.documents("t").containsKey("2"));
      es("PUT", "/_doc/1", refused);
      es("PUT", "/_doc/2", changed);
      awaitLetters(2);

      // By each of these the row is looked at, and there is none, or it is newer.
      site.cql("DELETE FROM KS.t WHERE k = 1 IF EXISTS");
      site.cql("UPDATE KS.t SET a = 'by the other application' WHERE k = 2");
      run("verify", name(), "--repair");
      assertThat(letters("drop", name(), "--yes").exitCode()).isZero();
      run("verify", name(), "--repair");
      awaitLetters(2);
      assertThat(site.documents("t").get("1").toString()).isEqualTo(refused);
      assertThat(site.documents("t").get("2").toString()).isEqualTo(changed);

      site.cql("ALTER TABLE KS.t ADD c text");
      awaitLetters(0);
      site.awaitDocument("t", "1", d -> assertThat(d.path("c").asText()).isEqualTo("new"));
      assertThat(site.rows("t").get("1").path("a").asText()).isEqualTo("x");
      JsonNode row = site.rows("t").get("2");
      assertThat(row.path("a").asText()).isEqualTo("by the other application");
      assertThat(row.has("b")).as("it was taken away").isFalse();
      assertThat(row.path("c").asText()).isEqualTo("new");
    }
  }

  @Test
  void manyLettersAreListedPageByPageAndTried() {
    site.table("t", "k int PRIMARY KEY, w text", "k").install();
    site.once();
    for (int k = 0; k < 1_200; k++) {
      site.cql(
          "INSERT INTO logger.dead_letter (logged_keyspace, logged_table, direction, logged_key, failed_at, reason)"
              + " VALUES (?, 't', 'cassandra-to-elasticsearch', ?, toTimestamp(now()), 'a reason')",
          site.keyspace(),
          "{\"k\":" + k + "}");
    }
    assertThat(letters("list", "--json").outLines()).hasSize(1_200);
    assertThat(letters("list").out()).endsWith("1200 dead letters.\n");
    site.once();
    assertThat(site.deadLetters("t")).isEmpty();
  }
}
