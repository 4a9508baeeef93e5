package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.local.CassandraServers;
import io.cesync.local.LocalServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Cassandra that asks for a password and doesn't have the trigger's jar. */
@ExtendWith(LiveServers.Extension.class)
class RefusingCassandraIT {

  private static final String SECRET = "hunter2-secret";

  @TempDir Path directory;
  private final LiveServers servers;

  RefusingCassandraIT(LiveServers servers) {
    this.servers = servers;
  }

  private Cli run(CassandraServers cassandra, String password, String command) throws IOException {
    var address = cassandra.contactPoints().get(0);
    Path settings =
        Files.writeString(
            directory.resolve("settings.yaml"),
            """
            cassandra:
              contact_points: ["%s:%d"]
              local_datacenter: datacenter1
              username: cassandra
              password: %s
            elasticsearch: {hosts: ["%s"]}
            http: {port: 0}
            tables: [{table: shop.product, index: refused_product, direction: cassandra-to-elasticsearch}]
            """
                .formatted(
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    password,
                    servers.search()));
    return Cli.run(command, "-c", settings.toString());
  }

  @Test
  void aWrongPasswordIsOneLineAndAMissingJarLeavesTheTablesAlone() throws IOException {
    try (CassandraServers cassandra =
            LocalServers.cassandra()
                .config("authenticator", "PasswordAuthenticator")
                .config("authorizer", "CassandraAuthorizer")
                .start();
        LogLines log = new LogLines()) {
      for (String command : new String[] {"run", "once", "install", "check"}) {
        Cli cli = run(cassandra, SECRET, command);
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err().lines())
            .singleElement()
            .asString()
            .startsWith("cesync: Cassandra at 127.0.0.1:")
            .contains("refused the credentials (cassandra.username, cassandra.password)");
        assertThat(cli.all() + log.all()).doesNotContain(SECRET);
      }

      try (CqlSession session = login(cassandra)) {
        session.execute(
            "CREATE KEYSPACE shop WITH replication ="
                + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute("CREATE TABLE shop.product (k int PRIMARY KEY, v text)");

        Cli cli = run(cassandra, "cassandra", "install");

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err())
            .contains("logger-trigger.jar", "triggers directory of every node")
            .doesNotContain("\tat ");
        session.execute("INSERT INTO shop.product (k, v) VALUES (1, 'still possible')");
        assertThat(session.execute("SELECT * FROM system_schema.triggers").all()).isEmpty();
        assertThat(servers.rest().send("GET", "/refused_product", null).status()).isEqualTo(404);
      }
    }
  }

  /** Cassandra makes its first user some seconds after its start. */
  private static CqlSession login(CassandraServers cassandra) {
    return await()
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsMatching(
            e -> e instanceof AuthenticationException || e instanceof AllNodesFailedException)
        .until(
            () ->
                LiveServers.session(cassandra)
                    .withAuthCredentials("cassandra", "cassandra")
                    .build(),
            session -> true);
  }
}
