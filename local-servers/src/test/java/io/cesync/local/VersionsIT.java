package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions that the default run leaves out; {@code mvn -Pall-versions verify}. */
@Tag("all-versions")
class VersionsIT {
  @ParameterizedTest
  @ValueSource(strings = {"4.0.18", "4.1.10"})
  void cassandraStartsAndRestarts(String version) {
    try (CassandraServers servers = LocalServers.cassandra().version(version).nodes(2).start()) {
      try (CqlSession session = Cql.connect(servers, 0)) {
        assertThat(session.execute("SELECT release_version FROM system.local").one().getString(0))
            .isEqualTo(version);
        Cql.schema(
            session,
            servers,
            0,
            "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 2}");
        Cql.schema(session, servers, 0, "CREATE TABLE k.t (id int PRIMARY KEY, v text)");
        session.execute("INSERT INTO k.t (id, v) VALUES (1, 'one')");
      }
      servers.node(0).reloadTriggers();
      servers.node(0).stop();
      servers.node(0).start();
      try (CqlSession session = Cql.connect(servers, 0)) {
        assertThat(session.execute("SELECT v FROM k.t WHERE id = 1").one().getString("v"))
            .isEqualTo("one");
      }
    }
  }

  /** The last two need a JDK 21 beside the one that runs this, or {@code -Dcesync.jdk21=FOLDER}. */
  @ParameterizedTest
  @CsvSource({
    "elasticsearch,2.4.6",
    "elasticsearch,7.17.28",
    "opensearch,2.19.5",
    "elasticsearch,9.5.3",
    "opensearch,3.8.0",
  })
  void searchStartsAndRestarts(String product, String version) throws Exception {
    SearchSpec spec =
        product.equals("opensearch")
            ? LocalServers.elasticsearch().opensearch(version)
            : LocalServers.elasticsearch().version(version);
    String path = version.equals("2.4.6") ? "/i/doc/1" : "/i/_doc/1";
    try (SearchServer server = spec.start()) {
      assertThat(Rest.send(server, "GET", "/_nodes/_local", "").body())
          .contains("\"version\":\"" + version + "\"");
      assertThat(Rest.send(server, "PUT", path, "{\"v\":\"one\"}").statusCode()).isEqualTo(201);
      server.stop();
      server.start();
      assertThat(Rest.send(server, "GET", path, "").body()).contains("\"one\"");
    }
  }
}
