package io.cesync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.UserError;
import io.cesync.live.DaemonProcess;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Relay;
import io.cesync.live.Site;
import io.cesync.state.DaemonState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A daemon on real servers, watched over HTTP. */
@ExtendWith(LiveServers.Extension.class)
class HttpIT {
  private static final String THERE = "direction=\"cassandra-to-elasticsearch\"";
  private static final String BACK = "direction=\"elasticsearch-to-cassandra\"";

  @TempDir Path directory;
  @TempDir Path other;
  private final LiveServers servers;

  HttpIT(LiveServers servers) {
    this.servers = servers;
  }

  /** The server of the site's daemon, once it is ready. */
  private static Client client(Site site) {
    await().until(() -> page(site).isPresent());
    Client client = new Client(page(site).get());
    await().untilAsserted(() -> assertThat(client.code("/ready")).isEqualTo(200));
    return client;
  }

  private static Optional<String> page(Site site) {
    return site.stateFile().load().daemon().filter(DaemonState::running).flatMap(DaemonState::page);
  }

  @Test
  void figuresMoveWithTheWrites() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.relist("t", ", direction: both");
    // The servers want none, and take any.
    site.option(
        "cassandra",
        "{contact_points: [\"%s\"], local_datacenter: datacenter1, username: user-cass, password: hidden-cass}"
            .formatted(servers.contactPoint()));
    site.option(
        "elasticsearch",
        "{hosts: [\"%s\"], username: user-es, password: hidden-es}".formatted(servers.search()));
    site.install();
    try (DaemonThread daemon = site.start()) {
      Client client = client(site);
      double before = client.metric("cesync_applied_total", THERE);

      for (int k = 0; k < 20; k++) {
        site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'v')", k);
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(client.metric("cesync_applied_total", THERE)).isEqualTo(before + 20));
      site.cql("DELETE FROM KS.t WHERE k = 0");
      servers.rest().ok("POST", "/" + site.index("t") + "/_update/1", "{\"doc\": {\"v\": \"w\"}}");

      await()
          .untilAsserted(
              () -> {
                assertThat(client.metric("cesync_deleted_total", THERE)).isEqualTo(1);
                assertThat(client.metric("cesync_applied_total", BACK)).isEqualTo(1);
                assertThat(client.metric("cesync_lag_p99_seconds", THERE)).isBetween(0.001, 60.0);
              });
      assertThat(client.metric("cesync_bulk_seconds_count", THERE)).isPositive();
      assertThat(client.metric("cesync_read_seconds_count", THERE)).isPositive();
      assertThat(client.metric("cesync_bulk_seconds_count", BACK)).isPositive();
      assertThat(client.metric("cesync_read_seconds_count", BACK)).isPositive();
      assertThat(client.metric("cesync_healthy")).isEqualTo(1);
      JsonNode status = client.json("/status");
      assertThat(status.get("verdict").textValue()).isEqualTo("keeps-up");
      assertThat(status.at("/tables/0/counts/deleted").longValue()).isEqualTo(1);
      assertThat(status.at("/tables/1/counts/applied").longValue()).isEqualTo(1);
      for (String path : List.of("/", "/status", "/metrics", "/health", "/ready")) {
        assertThat(client.send("GET", path).body()).isNotEmpty().doesNotContain("hidden-", "user-");
      }
      assertThat(daemon.isRunning()).isTrue();
    }
  }

  @Test
  void aStallIsLoggedAndTurnsHealthUntilItIsOver() {
    Site site =
        new Site(servers, directory)
            .option("stall_after", "3s")
            .table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    try (LogLines log = new LogLines();
        DaemonThread daemon = site.start()) {
      Client client = client(site);
      servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": true}");
      site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'v')");

      await()
          .untilAsserted(
              () ->
                  assertThat(client.send("GET", "/health").body())
                      .contains(site.keyspace() + ".t", "no progress for", "blocked")
                      .contains("the index takes nothing"));
      assertThat(client.code("/health")).isEqualTo(503);
      assertThat(client.json("/status").get("verdict").textValue()).isEqualTo("stalled");
      assertThat(client.metric("cesync_healthy")).isZero();
      assertThat(log.with("though there is work"))
          .singleElement()
          .asString()
          .startsWith("WARN " + site.keyspace() + ".t, cassandra-to-elasticsearch: no progress");

      servers.rest().setIndex(site.index("t"), "{\"index.blocks.write\": false}");
      await().untilAsserted(() -> assertThat(client.code("/health")).isEqualTo(200));
      site.awaitEqual("t");
      assertThat(log.with("Over: " + site.keyspace() + ".t")).isNotEmpty();
      assertThat(daemon.isRunning()).isTrue();
    }
  }

  @Test
  void aServerThatIsAwayIsNoticedThoughNothingIsToBeWritten() {
    try (Relay relay = new Relay(servers.search())) {
      Site site =
          new Site(servers, directory)
              .option("elasticsearch", "{hosts: [\"%s\"]}".formatted(relay.uri()))
              // Longer than between two looks: the first answer comes while nothing is let through.
              .option("retry", "{initial: 16s, max: 16s}")
              .table("t", "k int PRIMARY KEY, v text", "k");
      site.install();
      try (DaemonThread daemon = site.start()) {
        Client client = client(site);
        assertThat(client.metric("cesync_server_up", "elasticsearch")).isEqualTo(1);
        relay.cut();
        await().untilAsserted(() -> assertThat(client.code("/ready")).isEqualTo(503));
        assertThat(client.metric("cesync_server_up", "elasticsearch")).isZero();
        relay.mend();
        await().untilAsserted(() -> assertThat(client.code("/ready")).isEqualTo(200));
        assertThat(client.metric("cesync_server_up", "elasticsearch")).isEqualTo(1);
        assertThat(daemon.isRunning()).isTrue();
      }
    }
  }

  @Test
  void aSecondDaemonOnThePortIsToldWhatToSet() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    try (DaemonThread daemon = site.start()) {
      String port = Integer.toString(URI.create(client(site).page()).getPort());
      Site second =
          new Site(servers, other)
              .option("http", "{port: " + port + "}")
              .table("t", "k int PRIMARY KEY, v text", "k");
      String taken = "http.port: the status page can't be served at 127.0.0.1:" + port;
      try (DaemonThread refused = second.start()) {
        assertThat(refused.awaitFailure())
            .isInstanceOf(UserError.class)
            .hasMessageContaining(taken)
            .hasMessageContaining("set http.port to a free one");
      }
      try (DaemonProcess check = second.process("check")) {
        assertThat(check.exitCode(60)).isEqualTo(1);
        // With all that is wrong besides.
        assertThat(check.output())
            .contains(taken, "set http.port to a free one", "trigger")
            .doesNotContain("\tat ");
      }
      assertThat(daemon.isRunning()).isTrue();
    }
  }
}
