package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents are deleted while the daemon writes others all the time. What is gone is told by
 * counts, and these must not be upset by documents that move on meanwhile.
 */
@ExtendWith(LiveServers.Extension.class)
class DeletesUnderLoadIT {

  private static final int DELETED = 20;
  private static final int UPDATED = 100;

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;

  DeletesUnderLoadIT(LiveServers servers) {
    this.servers = servers;
  }

  private void update(AtomicBoolean enough) {
    Random random = new Random(1);
    for (int n = 1; !enough.get(); n++) {
      site.cql("UPDATE KS.t SET a = ? WHERE k = ?", n, DELETED + random.nextInt(UPDATED));
    }
  }

  /** The position is a promise. */
  @Test
  void whatWasDeletedBeforeThePositionIsGone() {
    site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, a int)");
    site.listed("t", ", direction: both", "k");
    site.install();
    for (int k = 0; k < DELETED + UPDATED; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 0)", k);
    }
    AtomicBoolean enough = new AtomicBoolean();
    try (DaemonThread daemon = site.start()) {
      site.awaitDocuments("t", found -> assertThat(found).hasSize(DELETED + UPDATED));
      CompletableFuture<Void> load = CompletableFuture.runAsync(() -> update(enough));
      try {
        for (int k = 0; k < DELETED; k++) {
          servers.rest().ok("DELETE", "/" + site.index("t") + "/_doc/" + k, null);
          Instant deleted = Instant.now();
          await()
              .until(
                  () ->
                      site.searchState("t")
                          .position()
                          .filter(at -> at.isAfter(deleted))
                          .isPresent());
          assertThat(site.cql("SELECT a FROM KS.t WHERE k = ?", k).one()).as("row " + k).isNull();
        }
      } finally {
        enough.set(true);
        load.join();
      }
      await().untilAsserted(() -> assertThat(site.documents("t")).hasSize(UPDATED));
    }
  }
}
