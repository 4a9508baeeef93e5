package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** To Cassandra, a clustering decimal written as 1.0, 1.00 or 1 is the same. */
@ExtendWith(LiveServers.Extension.class)
class DecimalKeysIT {

  @TempDir Path directory;
  private final LiveServers servers;

  DecimalKeysIT(LiveServers servers) {
    this.servers = servers;
  }

  @Test
  void oneRowIsOneDocumentHoweverItsKeyIsWritten() {
    Site site =
        new Site(servers, directory)
            .table("t", "a int, n decimal, v text, PRIMARY KEY (a, n)", "a", "n");
    site.install();
    site.cql("INSERT INTO KS.t (a, n, v) VALUES (1, 1.50, 'copied')");
    try (DaemonThread daemon = site.start()) {
      shows(site, "copied");
      site.cql("UPDATE KS.t SET v = 'changed' WHERE a = 1 AND n = 1.5");
      shows(site, "changed");
      site.cql("UPDATE KS.t SET v = 'again' WHERE a = 1 AND n = 1.500");
      shows(site, "again");
      site.cql("DELETE FROM KS.t WHERE a = 1 AND n = 1.5000");
      site.awaitDocuments("t", documents -> assertThat(documents).isEmpty());
    }
  }

  private static void shows(Site site, String value) {
    site.awaitDocuments(
        "t",
        documents -> {
          assertThat(documents).containsOnlyKeys("[1,\"1.5\"]");
          assertThat(documents.get("[1,\"1.5\"]").path("v").asText()).isEqualTo(value);
        });
  }
}
