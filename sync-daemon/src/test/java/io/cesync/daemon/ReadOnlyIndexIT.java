package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index that doesn't take writes for a while: its table waits, the others go on. */
@ExtendWith(LiveServers.Extension.class)
class ReadOnlyIndexIT {

  @TempDir Path directory;
  private final LiveServers servers;

  ReadOnlyIndexIT(LiveServers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.blocks.write", "index.blocks.read_only_allow_delete"})
  void itsTableWaitsAndTheOthersGoOn(String block) {
    Site site =
        new Site(servers, directory)
            .table("t", "k int PRIMARY KEY, v text", "k")
            .table("other", "k int PRIMARY KEY, v text", "k");
    site.install();
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (0, 'before')");
      site.awaitEqual("t");
      servers.rest().setIndex(site.index("t"), "{\"" + block + "\": true}");

      for (int k = 1; k <= 50; k++) {
        site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'meanwhile')", k);
        site.cql("INSERT INTO KS.other (k, v) VALUES (?, 'meanwhile')", k);
      }
      site.cql("DELETE FROM KS.t WHERE k = 0");
      site.awaitEqual("other");
      await().until(() -> !log.with("The index " + site.index("t") + " can't be used").isEmpty());
      await()
          .during(Duration.ofSeconds(2))
          .untilAsserted(
              () -> {
                assertThat(log.with("can't be used")).hasSize(1);
                assertThat(site.documents("t").keySet()).doesNotContain("1", "50");
              });
      // What waits is not passed.
      await()
          .untilAsserted(
              () ->
                  assertThat(site.state("t").position().orElseThrow())
                      .isBefore(site.state("other").position().orElseThrow()));
      assertThat(site.deadLetters("t")).isEmpty();
      for (int k = 51; k <= 60; k++) {
        site.cql("INSERT INTO KS.other (k, v) VALUES (?, 'while blocked')", k);
      }
      site.awaitEqual("other");

      servers.rest().setIndex(site.index("t"), "{\"" + block + "\": null}");
      site.awaitEqual("t");
      assertThat(site.documents("t")).hasSize(50);
      assertThat(log.with("is back")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSnapshotWaitsToo(boolean restart) {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    for (int k = 1; k <= 50; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'old')", k);
    }
    servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": true}");
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      await().until(() -> !log.with("The index " + site.index("t") + " can't be used").isEmpty());
      if (restart) {
        daemon.close();
      }
      servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": null}");
      if (!restart) {
        site.awaitEqual("t");
        await().until(() -> !log.with("the snapshot is done, 50 rows").isEmpty());
      }
    }
    if (restart) {
      site.once();
      site.awaitEqual("t");
    }
  }
}
