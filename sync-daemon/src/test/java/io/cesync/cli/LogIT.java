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
    site.option("late_window", "60s").install();
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
      entry(now.minusSeconds(20 * (40 - i)), i % 4, i);
    }
    List<String> lines = log("--since", "1h").outLines();
    assertThat(lines).hasSize(40).isSorted();
    assertThat(lines.get(7)).contains("  update  ", site.keyspace() + ".t", "{\"k\":7}", "set v");
    assertThat(log("--since", "1h", "--limit", "3").outLines())
        .containsExactlyElementsOf(lines.subList(0, 3));
    assertThat(log("--since", "1h", "--key", "{\"k\":5}").outLines()).containsExactly(lines.get(5));
    assertThat(log("--since", "1h", "--until", "10m", "--json").outLines())
        .hasSize(10)
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
  void followingShowsLateEntriesAndEnds() throws InterruptedException {
    StringWriter out = new StringWriter();
    Thread command =
        new Thread(
            () ->
                Main.execute(
                    Main.commandLine().setOut(new PrintWriter(out)),
                    arguments("--follow", "--limit", "2")));
    command.start();
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'x')");
    await().until(() -> out.toString().contains("{\"k\":1}"));
    entry(Instant.now().minusSeconds(30), 2, 2);
    command.join(20_000);
    assertThat(command.isAlive()).isFalse();
    assertThat(out.toString().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .contains("{\"k\":2}")
        .endsWith("(late)");
  }

  @Test
  void badInputIsToldWithWhatToDo() {
    assertThat(log("no.table").err()).contains("no table no.table", site.keyspace() + ".t");
    assertThat(log("--since", "soon").err()).contains("--since is 'soon'");
    assertThat(log("--key", "{\"x\":1}").err()).contains("--key is no key");
    assertThat(log("--limit", "0").err()).contains("--limit");
    assertThat(log("--since", "1m", "--until", "5m").err()).contains("before --since");
    assertThat(log("--follow", "--timers").err()).contains("--follow");
  }
}
