package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The change log as a person reads it. */
@ExtendWith(LiveServers.Extension.class)
class LogIT {

  private final Site site;

  LogIT(LiveServers servers, @TempDir Path directory) {
    site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.option("late_window", "6s").install();
  }

  private String[] arguments(String... arguments) {
    List<String> all = new ArrayList<>(List.of("log", "-c"));
    all.add(site.settingsFile().toString());
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private Cli log(String... arguments) {
    return Cli.run(arguments(arguments));
  }

  /** An entry as the trigger would have written it then. */
  private void entry(Instant at, int shard, int k) {
    long bucket = at.toEpochMilli() / 300_000 * 300_000;
    site.cql(
        "INSERT INTO logger.log (logged_keyspace, logged_table, time_bucket, shard, time_uuid, operation, logged_key, updated_columns)"
            + " VALUES (?, 't', ?, ?, ?, 'update', ?, {'v'})",
        site.keyspace(),
        Instant.ofEpochMilli(bucket),
        shard,
        Uuids.startOf(at.toEpochMilli()),
        "{\"k\":" + k + "}");
  }

  @Test
  void entriesAreInOrderAcrossShardsAndBuckets() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < 40; i++) {
      entry(now.minusSeconds(20L * (40 - i)), i % 4, i);
    }
    List<String> lines = log("--since", "1h").outLines();
    assertThat(lines).hasSize(40).isSorted();
    assertThat(lines.get(7)).contains("  update  ", site.keyspace() + ".t", "{\"k\":7}", "set v");
    assertThat(log("--since", "1h", "--limit", "3").outLines())
        .containsExactlyElementsOf(lines.subList(0, 3));
    assertThat(log("--since", "1h", "--key", "{\"k\":5}").outLines()).containsExactly(lines.get(5));
    assertThat(log("--since", "1h", "--until", "10m", "--json").outLines())
        .hasSizeBetween(10, 11)
        .allMatch(line -> line.startsWith("{\"time\":"));
  }

  @Test
  void realEntriesSayWhatWasWritten() {
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'x') USING TTL 600");
    site.cql("UPDATE KS.t SET v = null WHERE k = 2");
    assertThat(log().outLines())
        .hasSize(2)
        .anyMatch(line -> line.contains("insert") && line.contains("set v  written 20"))
        .anyMatch(line -> line.contains("nulled v"));
    assertThat(log("--timers").outLines())
        .hasSize(3)
        .anyMatch(line -> line.contains("expire") && line.endsWith("(timer)"));
  }

  @Test
  void followingShowsWhatComesLateToo() throws InterruptedException {
    StringWriter out = new StringWriter();
    Thread command =
        new Thread(
            () ->
                Main.execute(
                    Main.commandLine().setOut(new PrintWriter(out)),
                    arguments("--follow", "--limit", "3")));
    entry(Instant.now().minusSeconds(120), 1, 0);
    command.start();
    await().until(() -> out.toString().contains("{\"k\":0}"));
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'x')");
    await().until(() -> out.toString().contains("{\"k\":1}"));
    entry(Instant.now().minusMillis(4_500), 2, 2);
    command.join(20_000);
    assertThat(command.isAlive()).isFalse();
    assertThat(out.toString().lines().toList())
        .hasSize(3)
        .last()
        .asString()
        .contains("{\"k\":2}")
        .endsWith("(late)");
  }

  @Test
  void allWaysOfWritingAreLogged() {
    site.cql(
        "CREATE TABLE KS.c (a int, b text, n counter, PRIMARY KEY (a, b)) WITH gc_grace_seconds = 0");
    site.listed("c", ", delivery: ahead", "a", "b").install();
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'x') IF NOT EXISTS");
    site.cql("UPDATE KS.c SET n = n + 1 WHERE a = 1 AND b = 'ü'");
    site.cql("DELETE FROM KS.c WHERE a = 1");
    String c = site.keyspace() + ".c";
    assertThat(log(c).outLines())
        .hasSize(2)
        .anyMatch(line -> line.contains("  " + c + "  {\"a\":1,\"b\":\"ü\"}  set n"))
        .anyMatch(line -> line.contains("delete-partition  " + c + "  {\"a\":1}"));
    assertThat(log("--json").outLines())
        .hasSize(3)
        .anyMatch(
            line -> line.contains("\"key\":{\"k\":1}") && line.contains("\"write_time\":null"));
    // A key of one table only.
    assertThat(log("--key", "{\"a\":1}").outLines()).hasSize(1);
  }

  @Test
  void whatIsNoEntryIsShownAsSuch() {
    entry(Instant.now().minusSeconds(5), 0, 1);
    site.cql(
        "UPDATE logger.log SET operation = 'explode' WHERE logged_keyspace = ? AND logged_table = 't'"
            + " AND time_bucket = ? AND shard = 1 AND time_uuid = now()",
        site.keyspace(),
        Instant.ofEpochMilli(System.currentTimeMillis() / 300_000 * 300_000));
    assertThat(log("--until", "2999-01-01").exitCode()).isEqualTo(2);
    assertThat(log("--timers").outLines())
        .hasSize(2)
        .anyMatch(line -> line.contains("  unreadable  ") && line.contains("no logged_key"));
  }

  @Test
  void badInputIsToldWithWhatToDo() {
    assertThat(log("no.table"))
        .matches(cli -> cli.exitCode() == 2)
        .matches(cli -> cli.err().contains("no.table is not in the settings; they have: "));
    assertThat(log("--since", "soon"))
        .matches(cli -> cli.exitCode() == 2)
        .matches(cli -> cli.err().contains("--since is 'soon', but must be how long ago"));
    assertThat(log("--key", "{\"x\":1}").err()).contains("--key is no key of " + site.keyspace());
    assertThat(log("--limit", "0").err()).contains("--limit is 0");
    assertThat(log("--limit", "many").err()).contains("--limit");
    assertThat(log("--since", "1m", "--until", "5m").err()).contains("before --since");
    assertThat(log("--since", "2999-01-01").err()).contains("--since is in the future");
    assertThat(log("--follow", "--timers").err()).contains("--follow");
    assertThat(log("--since", "999999999d").exitCode()).isZero();
    assertThat(log("extra", "words").exitCode()).isEqualTo(2);
  }
}
