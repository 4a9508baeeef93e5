package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A port that is taken between being chosen and being used is told from other failures. */
@Tag("all-versions")
class PortClashIT {
  private static final Pattern CONSOLE = Pattern.compile("(\\S+console\\.log) ends:");

  @ParameterizedTest
  @CsvSource({
    "5.0.9,cql",
    "5.0.9,storage",
    "5.0.9,jmx",
    "4.0.18,cql",
    "4.0.18,storage",
    "4.0.18,jmx",
  })
  void cassandrasPorts(String version, String which) throws Exception {
    CassandraSpec spec = LocalServers.cassandra().version(version);
    CassandraPorts free = CassandraPorts.choose(spec);
    int port =
        switch (which) {
          case "cql" -> free.cql();
          case "storage" -> free.storage();
          default -> free.jmx().get(0);
        };
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(Ports.loopback(0), port));
      LocalCassandraNode node =
          LocalCassandraNode.prepare(spec, free, 0, CassandraLauncher.of(spec));
      try {
        assertTaken(node::start);
      } finally {
        node.discard();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"http.port", "transport.port"})
  void elasticsearchsPorts(String setting) throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      int port = Ports.freeOn(List.of(Ports.loopback(0)));
      taken.bind(new InetSocketAddress(Ports.loopback(0), port));
      // A chosen port is not tried again; this one is nobody's.
      SearchSpec spec =
          LocalServers.elasticsearch().httpPort(Ports.freeOn(List.of(Ports.loopback(0))));
      assertTaken(() -> spec.setting(setting, port).start());
    }
  }

  private static void assertTaken(Runnable start) throws Exception {
    ServerStartException failure = catchThrowableOfType(ServerStartException.class, start::run);
    assertThat(failure).isNotNull();
    assertThat(failure.portTaken).as(failure.getMessage()).isTrue();
    Matcher matcher = CONSOLE.matcher(failure.getMessage());
    assertThat(matcher.find()).isTrue();
    Folders.delete(Path.of(matcher.group(1)).getParent());
  }
}
