package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SearchIT {
  @Test
  void keepsDataOverStopAndKill() throws Exception {
    Path folder;
    try (SearchServer server = LocalServers.elasticsearch().start()) {
      folder = server.log().getParent();
      assertThat(Rest.send(server, "GET", "/_nodes/_local?filter_path=nodes.*.version", "").body())
          .contains(server.version());
      assertThat(Rest.send(server, "PUT", "/i/_doc/1", "{\"v\":\"one\"}").statusCode())
          .isEqualTo(201);
      server.stop();
      assertThat(server.running()).isFalse();
      server.start();
      assertThat(Rest.send(server, "GET", "/i/_doc/1", "").body()).contains("\"one\"");
      server.kill();
      server.start();
      assertThat(Rest.send(server, "GET", "/i/_doc/1", "").body()).contains("\"one\"");
    }
    assertThat(folder).doesNotExist();
  }
}
