package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import io.cesync.state.SnapshotState;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the change log that nobody can make sense of. */
@ExtendWith(LiveServers.Extension.class)
class UnreadableEntriesIT {

  private static final long BUCKET_MILLIS = 300_000;

  @TempDir Path directory;
  private final LiveServers servers;

  UnreadableEntriesIT(LiveServers servers) {
    this.servers = servers;
  }

  private static void log(Site site, String operation, String key) {
    long now = System.currentTimeMillis();
    site.cql(
        "INSERT INTO logger.log (logged_keyspace, logged_table, time_bucket, shard, time_uuid,"
            + " operation, logged_key, write_time) VALUES (?, 't', ?, 0, ?, ?, ?, ?)",
        site.keyspace(),
        Instant.ofEpochMilli(now - now % BUCKET_MILLIS),
        Uuids.timeBased(),
        operation,
        key,
        now * 1000);
  }

  @Test
  void theyArePutAsideAndTheRestGoesOn() {
    Site site =
        new Site(servers, directory)
            .table("t", "a int, b text, v text, PRIMARY KEY (a, b)", "a", "b");
    site.install();
    try (DaemonThread daemon = site.start()) {
      // Its end would try them again, as rows, and find that nothing is wrong with some.
      await().until(() -> site.state("t").snapshot().status() == SnapshotState.Status.DONE);
      site.cql("INSERT INTO KS.t (a, b, v) VALUES (1, 'b', 'first')");
      log(site, "update", "no JSON at all");
      log(site, "update", "{\"a\":\"one\",\"b\":\"b\"}");
      log(site, "update", "{\"b\":\"b\"}");
      log(site, "update", "{\"a\":99999999999,\"b\":\"b\"}");
      log(site, "update", "{\"a\":3,\"b\":\"b\",\"c\":1}");
      log(site, "update", "");
      log(site, "update", null);
      log(site, "explode", "{\"a\":2,\"b\":\"b\"}");
      log(site, null, "{\"a\":4,\"b\":\"b\"}");
      site.cql("INSERT INTO KS.t (a, b, v) VALUES (1, 'c', 'second')");

      await().until(() -> site.deadLetters("t").size() == 9);
      assertThat(site.deadLetters("t"))
          .containsKeys("no JSON at all", "", "null", "{\"a\":2,\"b\":\"b\"}");
      assertThat(site.deadLetters("t").values())
          .allMatch(
              reason ->
                  reason.contains("not a key of this table")
                      || reason.endsWith("of the change log: it has no logged_key")
                      || reason.endsWith("of the change log: no operation is called explode")
                      || reason.endsWith("of the change log: no operation is called null"));
      assertThat(site.deadLetters("t").values())
          .filteredOn(reason -> reason.matches("entry [0-9a-f-]{36} of the change log: .+"))
          .hasSizeGreaterThan(6);
      site.awaitEqual("t");

      // Their position is passed: a restart doesn't meet them for ever.
      Instant after = Instant.now();
      await().until(() -> site.state("t").position().orElseThrow().isAfter(after));
      assertThat(site.state("t").counts().deadLetters()).isEqualTo(9);
      site.cql("INSERT INTO KS.t (a, b, v) VALUES (2, 'b', 'mended')");
      site.awaitEqual("t");
      await().until(() -> !site.deadLetters("t").containsKey("{\"a\":2,\"b\":\"b\"}"));
    }
  }
}
