package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchIT {
  private static SearchServer server;

  @BeforeAll
  static void start() {
    server = LocalServers.elasticsearch().setting("node.attr.colour", "blue").start();
  }

  @AfterAll
  static void stop() {
    Path folder = server.log().getParent();
    server.close();
    assertThat(server.running()).isFalse();
    assertThat(folder).doesNotExist();
  }

  @Test
  void runsTheVersionAndSettingsAskedFor() throws Exception {
    assertThat(Rest.send(server, "GET", "/_nodes/_local", "").body())
        .contains("\"version\":\"" + server.version() + "\"", "\"colour\":\"blue\"");
  }

  @Test
  void keepsDataAndAddressOverStopAndKill() throws Exception {
    var uri = server.uri();
    assertThat(put("1", "one")).isEqualTo(201);
    server.stop();
    assertThat(server.running()).isFalse();
    server.start();
    assertThat(put("2", "two")).isEqualTo(201);
    server.kill();
    assertThat(server.running()).isFalse();
    server.start();
    assertThat(Rest.send(server, "GET", "/i/_doc/1", "").body()).contains("\"one\"");
    assertThat(Rest.send(server, "GET", "/i/_doc/2", "").body()).contains("\"two\"");
    assertThat(server.uri()).isEqualTo(uri);
  }

  @Test
  void answersNothingWhilePaused() {
    HttpProbe probe = new HttpProbe(server.uri());
    server.pause();
    try {
      assertThat(probe.ready()).isFalse();
      assertThat(server.running()).isTrue();
    } finally {
      server.resume();
    }
    assertThat(probe.ready()).isTrue();
  }

  private static int put(String id, String value) throws Exception {
    return Rest.send(server, "PUT", "/i/_doc/" + id, "{\"v\":\"" + value + "\"}").statusCode();
  }
}
