package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StartFailureIT {
  private static final Pattern LOG = Pattern.compile("(\\S+console\\.log) ends:");

  @Test
  void cassandrasComplaintIsQuotedAndItsLogIsKept() throws Exception {
    checkFailure(
        () -> LocalServers.cassandra().config("no_such_key", 1).start(),
        "Cassandra 5.0.9",
        "no_such_key");
  }

  @Test
  void elasticsearchsComplaintIsQuotedAndItsLogIsKept() throws Exception {
    checkFailure(
        () -> LocalServers.elasticsearch().setting("no.such.key", 1).start(),
        "elasticsearch 8.19.20",
        "no.such.key");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(Ports.loopback(0), 0));
      int port = taken.getLocalPort();
      assertThat(failure(() -> LocalServers.cassandra().cqlPort(port).start()))
          .hasMessageContaining("port " + port + " is taken");
      assertThat(failure(() -> LocalServers.elasticsearch().httpPort(port).start()))
          .hasMessageContaining("port " + port + " is taken");
    }
  }

  @Test
  void aVersionThatDoesNotExistIsNamed() {
    assertThat(failure(() -> LocalServers.cassandra().version("5.0.999").start()))
        .hasMessageContaining("cassandra-all 5.0.999")
        .hasMessageContaining(".log and ends:");
  }

  private static void checkFailure(Runnable start, String server, String complaint)
      throws Exception {
    ServerStartException failure = failure(start);
    assertThat(failure).hasMessageContaining(server).hasMessageContaining(complaint);
    Matcher matcher = LOG.matcher(failure.getMessage());
    assertThat(matcher.find()).isTrue();
    Path log = Path.of(matcher.group(1));
    assertThat(log).isNotEmptyFile();
    Folders.delete(log.getParent());
  }

  private static ServerStartException failure(Runnable start) {
    ServerStartException failure = catchThrowableOfType(ServerStartException.class, start::run);
    assertThat(failure).isNotNull();
    return failure;
  }
}
