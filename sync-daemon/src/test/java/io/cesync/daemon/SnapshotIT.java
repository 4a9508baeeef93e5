package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import io.cesync.state.SnapshotState;
import io.cesync.state.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Copying tables: the first time, after a kill, and again where the log can't tell any more. */
@ExtendWith(LiveServers.Extension.class)
class SnapshotIT {

  @TempDir Path directory;
  private final LiveServers servers;

  SnapshotIT(LiveServers servers) {
    this.servers = servers;
  }

  private Site site() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    return site;
  }

  private void insert(Site site, int from, int to, String value) {
    PreparedStatement insert =
        servers.session().prepare("INSERT INTO " + site.keyspace() + ".t (k, v) VALUES (?, ?)");
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int k = from; k < to; k++) {
      all.add(servers.session().executeAsync(insert.bind(k, value)).toCompletableFuture());
      if (all.size() >= 100) {
        all.forEach(CompletableFuture::join);
        all.clear();
      }
    }
    all.forEach(CompletableFuture::join);
  }

  @Test
  void aKilledSnapshotGoesOnWhereItWas() {
    Site site = site();
    site.option("snapshot", "{parallelism: 1, page_size: 10}");
    insert(site, 0, 5_000, "old");
    Instant started;
    int done;
    try (DaemonProcess daemon = site.process("run")) {
      await()
          .untilAsserted(
              () ->
                  assertThat(site.state("t").snapshot().ranges().count())
                      .as(() -> "it said: " + daemon.output())
                      .isGreaterThan(5));
      insert(site, 2_000, 2_200, "meanwhile");
      site.cql("DELETE FROM KS.t WHERE k = 5");
      daemon.kill();
      SnapshotState snapshot = site.state("t").snapshot();
      assertThat(snapshot.status()).isEqualTo(SnapshotState.Status.RUNNING);
      started = snapshot.started().orElseThrow();
      done = snapshot.ranges().count();
      assertThat(done).isLessThan(snapshot.ranges().total());
    }
    // While nobody looks.
    insert(site, 3_000, 3_200, "while it was dead");
    site.cql("DELETE FROM KS.t WHERE k = 6");

    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      insert(site, 4_000, 4_200, "after");
      site.awaitEqual("t");
      await().until(() -> site.state("t").snapshot().status() == SnapshotState.Status.DONE);
      assertThat(site.documents("t")).hasSize(4_998);
      assertThat(log.with("going on from")).hasSize(1);
      assertThat(log.with("copying the table")).isEmpty();
      assertThat(site.state("t").snapshot().started()).contains(started);
      // The rows of the ranges that were done are in the count, and were not copied again.
      assertThat(site.state("t").snapshot().rows()).isBetween(4_900L, 5_300L);
    }
  }

  @Test
  void rowsThatExpireLaterExpireInTheIndexToo() {
    Site site = new Site(servers, directory);
    site.table("t", "k int PRIMARY KEY, v text, w text", "k");
    // No trigger yet: nobody logged when these expire.
    site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'stays')");
    site.cql("INSERT INTO KS.t (k, v) VALUES (2, 'goes') USING TTL 25");
    site.cql("INSERT INTO KS.t (k, v) VALUES (3, 'stays')");
    site.cql("UPDATE KS.t USING TTL 25 SET w = 'goes' WHERE k = 3");
    site.install();
    try (DaemonThread daemon = site.start()) {
      site.awaitDocuments("t", d -> assertThat(d).containsOnlyKeys("1", "2", "3"));
      assertThat(site.documents("t").get("3").has("w")).isTrue();

      site.awaitDocuments(
          "t",
          d -> {
            assertThat(d).containsOnlyKeys("1", "3");
            assertThat(d.get("3").has("w")).isFalse();
          });
    }
  }

  @Test
  void documentsWithoutRowsAreGoneAfterwards() {
    Site site = site();
    insert(site, 0, 20, "row");
    StringBuilder bulk = new StringBuilder();
    for (int k = 10; k < 1_500; k++) {
      bulk.append("{\"index\":{\"_id\":\"" + k + "\"}}\n{\"k\":" + k + ",\"v\":\"ghost\"}\n");
    }
    servers.rest().ok("POST", "/" + site.index("t") + "/_bulk", bulk.toString());
    servers.rest().ok("PUT", "/" + site.index("t") + "/_doc/not%20ours", "{\"v\":\"foreign\"}");

    site.once();

    site.awaitDocuments(
        "t",
        documents -> {
          assertThat(documents.remove("not ours")).isNotNull();
          assertThat(documents).isEqualTo(site.rows("t"));
        });
  }

  @Test
  void aPositionThatTheLogNoLongerReachesLeadsToANewCopy() {
    Site site = site();
    insert(site, 0, 20, "first");
    site.once();
    // As if nobody had looked for eight days, and the entries were gone.
    site.cql("DROP TRIGGER cesync ON KS.t");
    insert(site, 10, 30, "not logged");
    site.cql("DELETE FROM KS.t WHERE k = 1");
    site.install();
    StreamState state = site.state("t");
    site.setState("t", state.withPosition(Instant.now().minus(Duration.ofDays(8))));

    assertNewCopy(site, "is older than what the change log keeps");
  }

  @Test
  void anotherLayoutOfTheLogLeadsToANewCopy() {
    Site site = site();
    insert(site, 0, 20, "first");
    site.once();
    // The servers are shared: so it is the state that tells of another layout than the log's.
    StreamState state = site.state("t");
    site.setState(
        "t",
        state.withIdentity(
            state.index().orElseThrow(),
            state.indexUuid().orElseThrow(),
            state.tableId().orElseThrow(),
            new StreamState.LogLayout(600, 2)));
    site.cql("DROP TRIGGER cesync ON KS.t");
    insert(site, 10, 30, "not found in the log");
    site.install();

    assertNewCopy(site, "the change log's layout has changed");
  }

  @Test
  void aTableThatIsCreatedAnewIsCopiedAnew() {
    Site site = site();
    insert(site, 0, 20, "first");
    site.once();
    site.cql("DROP TABLE KS.t");
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, v text)");
    insert(site, 10, 30, "before the trigger");
    site.install();

    assertNewCopy(site, "the table was created anew");
  }

  @Test
  void anIndexThatIsCreatedAnewIsFilledAnew() {
    Site site = site();
    insert(site, 0, 20, "first");
    site.once();
    servers.rest().ok("DELETE", "/" + site.index("t"), null);
    assertThat(site.install())
        .contains("Created the index " + site.index("t") + " for " + site.keyspace() + ".t.");

    assertNewCopy(site, "the index was created anew");
  }

  private static void assertNewCopy(Site site, String why) {
    try (LogLines log = new LogLines()) {
      site.once();
      assertThat(log.with("WARN")).singleElement().asString().contains(why, "is copied anew");
    }
    site.awaitEqual("t");
    assertThat(site.state("t").snapshot().status()).isEqualTo(SnapshotState.Status.DONE);
  }

  @Test
  void anIndexThatIsDeletedWhileTheDaemonRunsIsFilledAgainOnceItIsThere() {
    Site site = site();
    insert(site, 0, 20, "first");
    Instant inserted = Instant.now();
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      // A write now would have Elasticsearch create the index by itself.
      await().until(() -> site.state("t").snapshot().status() == SnapshotState.Status.DONE);
      await().until(() -> site.state("t").position().orElseThrow().isAfter(inserted));
      servers.rest().ok("DELETE", "/" + site.index("t"), null);
      await().until(() -> !log.with("The index " + site.index("t") + " was deleted").isEmpty());
      await().until(() -> !log.with("there is no such index. Run ./run.sh install").isEmpty());
      insert(site, 10, 30, "meanwhile");
      site.install();
      site.awaitEqual("t");
      assertThat(log.with("is copied anew")).hasSize(1);
    }
  }

  @Test
  void aTableThatIsCreatedAnewWhileTheDaemonRunsIsCopiedOnceItHasATrigger() {
    Site site = site();
    insert(site, 0, 20, "first");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      site.awaitEqual("t");
      site.cql("DROP TABLE KS.t");
      await().until(() -> !log.with("The table " + site.keyspace() + ".t was dropped").isEmpty());
      site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, v text)");
      insert(site, 10, 30, "before the trigger");
      await().until(() -> !log.with("it has no trigger").isEmpty());
      site.install();
      site.awaitEqual("t");
      insert(site, 20, 40, "after");
      site.awaitEqual("t");
      assertThat(log.with("is copied anew")).hasSize(1);
    }
  }
}
