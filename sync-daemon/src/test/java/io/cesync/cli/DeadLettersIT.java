package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person does about dead letters. */
@ExtendWith(LiveServers.Extension.class)
class DeadLettersIT {

  /** A text field that takes nothing but dates, unless told to take the rest, too. */
  private static final String DATES =
      "{\"properties\":{\"w\":{\"type\":\"text\",\"fields\":{\"day\":{\"type\":\"date\",\"ignore_malformed\":%s}}}}}";

  private final LiveServers servers;
  private final Site site;

  DeadLettersIT(LiveServers servers, @TempDir Path directory) {
    this.servers = servers;
    site = new Site(servers, directory);
  }

  private Cli letters(String... arguments) {
    List<String> all = new ArrayList<>(List.of("dead-letters", "-c"));
    all.add(site.settingsFile().toString());
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private String name() {
    return site.keyspace() + ".t";
  }

  private void datesOnly() {
    site.table("t", "k int PRIMARY KEY, w text", "k");
    servers
        .rest()
        .ok("PUT", "/" + site.index("t"), "{\"mappings\":" + DATES.formatted(false) + "}");
    site.install();
  }

  @Test
  void lettersGoByThemselvesWhenTheMappingIsMended() {
    datesOnly();
    site.cql("INSERT INTO KS.t (k, w) VALUES (1, 'tomorrow')");
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.deadLetters("t").size() == 1);
      servers.rest().ok("PUT", "/" + site.index("t") + "/_mapping", DATES.formatted(true));
      site.awaitEqual("t");
      await().until(() -> site.deadLetters("t").isEmpty());
    }
  }

  @Test
  void lettersAreShownTriedAndDropped() {
    datesOnly();
    site.cql("INSERT INTO KS.t (k, w) VALUES (1, 'tomorrow')");
    site.cql("INSERT INTO KS.t (k, w) VALUES (2, 'some day')");
    String one = "{\"k\":1}";
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.deadLetters("t").size() == 2);

      Cli listed = letters("list", name());
      assertThat(listed.exitCode()).isZero();
      assertThat(listed.outLines())
          .hasSize(4)
          .startsWith(
              name() + " cassandra-to-elasticsearch: 2", name() + " elasticsearch-to-cassandra: 0");
      assertThat(listed.out()).contains(one, "{\"k\":2}");
      assertThat(letters().out()).isEqualTo(letters("list").out());

      Cli shown = letters("show", name(), one);
      assertThat(shown.exitCode()).isZero();
      assertThat(shown.out())
          .contains("reason: ", "tomorrow", "The row now: {\"k\": 1", "The document now: (none)");

      Cli refused = letters("retry", name(), one);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out())
          .contains("0 went through, 1 refused again, 0 not tried", "tomorrow");
      assertThat(letters("drop", name(), one).err()).contains("--yes");
      assertThat(site.deadLetters("t")).hasSize(2);
      assertThat(letters("drop", "--yes", name(), one).out()).contains("Dropped 1 dead letter");
      assertThat(site.deadLetters("t")).containsOnlyKeys("{\"k\":2}");
      assertThat(letters("show", name(), one).err()).contains("No dead letter", one);
      assertThat(letters("list", "no.table").err()).contains("no table no.table", name());
    }
    Cli nobody = letters("retry", name());
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.out()).contains("no running daemon", "./run.sh once");
  }

  @Test
  void documentsLettersAndManyOfThem() {
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a text)");
    site.listed("t", ", direction: both", "k").install();
    servers.rest().ok("PUT", "/" + site.index("t") + "/_doc/1", "{\"k\":1,\"b\":\"x\"}");
    try (DaemonThread daemon = site.start()) {
      await().until(() -> site.deadLetters("t").size() == 1);
      assertThat(letters("show", name(), "{\"k\":1}").out())
          .contains("elasticsearch-to-cassandra", "document: {\"k\":1,\"b\":\"x\"}", "(none)");
      assertThat(letters("retry", name()).out()).contains("0 went through, 1 refused again");
      site.cql("ALTER TABLE KS.t ADD b text");
      await().until(() -> site.rows("t").containsKey("1"));
      await().until(() -> site.deadLetters("t").isEmpty());
    }
    for (int k = 0; k < 2_000; k++) {
      site.cql(
          "INSERT INTO logger.dead_letter (logged_keyspace, logged_table, direction, logged_key, failed_at, reason)"
              + " VALUES (?, 't', 'cassandra-to-elasticsearch', ?, toTimestamp(now()), 'a reason')",
          site.keyspace(),
          "{\"k\":" + k + "}");
    }
    assertThat(letters("list", "--json").outLines()).hasSize(2_000);
    assertThat(letters("list").out()).startsWith(name() + " cassandra-to-elasticsearch: 2000");
  }
}
