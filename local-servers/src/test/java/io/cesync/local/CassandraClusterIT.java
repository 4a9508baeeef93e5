package io.cesync.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import org.junit.jupiter.api.Test;

class CassandraClusterIT {
  @Test
  void threeNodesAreOneClusterAndOneMayDie() {
    try (CassandraServers servers = LocalServers.cassandra().nodes(3).start();
        CqlSession session = Cql.connect(servers, 0)) {
      await()
          .atMost(30, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(session.getMetadata().getNodes().values())
                      .hasSize(3)
                      .allMatch(node -> node.getState() == NodeState.UP));
      assertThat(session.getMetadata().getTokenMap().orElseThrow().getTokenRanges()).hasSize(12);
      Cql.schema(
          session,
          servers,
          0,
          "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}");
      Cql.schema(session, servers, 0, "CREATE TABLE k.t (id int PRIMARY KEY, v text)");
      session.execute(statement("INSERT INTO k.t (id, v) VALUES (1, 'one')", ConsistencyLevel.ALL));

      servers.node(2).kill();
      session.execute(
          statement("INSERT INTO k.t (id, v) VALUES (2, 'two')", ConsistencyLevel.QUORUM));
      servers.node(2).start();
      await()
          .atMost(60, SECONDS)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(
                          session
                              .execute(statement("SELECT v FROM k.t", ConsistencyLevel.ALL))
                              .all())
                      .hasSize(2));
    }
  }

  private static SimpleStatement statement(String cql, ConsistencyLevel level) {
    return SimpleStatement.newInstance(cql).setConsistencyLevel(level);
  }
}
