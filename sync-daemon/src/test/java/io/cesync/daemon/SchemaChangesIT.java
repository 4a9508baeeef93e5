package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Columns and fields that come and go while rows are written. */
@ExtendWith(LiveServers.Extension.class)
class SchemaChangesIT {

  @TempDir Path directory;
  private final LiveServers servers;

  SchemaChangesIT(LiveServers servers) {
    this.servers = servers;
  }

  @Test
  void columnsAndFieldsComeAndGoWhileRowsAreWritten() throws InterruptedException {
    Site site = new Site(servers, directory);
    site.cql("CREATE TYPE KS.address (street text)");
    site.table(
        "t",
        "k int PRIMARY KEY, v text, gone text, home address, frozen_home frozen<address>"
            .replace("address", site.keyspace() + ".address"),
        "k");
    site.install();
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!stop.get()) {
                site.cql(
                    "INSERT INTO KS.t (k, v, home) VALUES (?, 'v', {street: 'x'})",
                    next.incrementAndGet() % 500);
              }
            });
    try (DaemonThread daemon = site.start()) {
      writer.start();
      site.cql("INSERT INTO KS.t (k, gone) VALUES (1000, 'for now')");
      site.awaitDocument("t", "1000", d -> assertThat(d.has("gone")).isTrue());

      site.cql("ALTER TABLE KS.t ADD colour text");
      site.cql("INSERT INTO KS.t (k, colour) VALUES (1001, 'red')");
      site.awaitDocument("t", "1001", d -> assertThat(d.path("colour").asText()).isEqualTo("red"));

      site.cql("ALTER TYPE KS.address ADD number int");
      site.cql("INSERT INTO KS.t (k, home) VALUES (1002, {street: 's', number: 7})");
      site.cql("INSERT INTO KS.t (k, frozen_home) VALUES (1003, {street: 's', number: 8})");
      site.awaitDocument(
          "t", "1002", d -> assertThat(d.path("home").path("number").asInt()).isEqualTo(7));
      site.awaitDocument(
          "t", "1003", d -> assertThat(d.path("frozen_home").path("number").asInt()).isEqualTo(8));

      site.cql("ALTER TABLE KS.t DROP gone");
      site.cql("UPDATE KS.t SET v = 'again' WHERE k = 1000");
      site.awaitDocument("t", "1000", d -> assertThat(d.has("gone")).isFalse());

      await().until(() -> next.get() > 500);
      stop.set(true);
      writer.join();
      site.cql("INSERT INTO KS.t (k, v) VALUES (1004, 'last')");
      site.awaitDocument("t", "1004", d -> assertThat(d.path("v").asText()).isEqualTo("last"));
      site.awaitDocuments(
          "t", d -> assertThat(d.keySet()).isEqualTo(site.rows("t").keySet()).hasSize(505));
      assertThat(site.deadLetters("t")).isEmpty();
    } finally {
      stop.set(true);
      writer.join();
    }
    var fields = servers.rest().ok("GET", "/" + site.index("t"), null).findPath("properties");
    assertThat(fields.has("colour")).isTrue();
    assertThat(fields.path("home").path("properties").has("number")).isTrue();
  }
}
