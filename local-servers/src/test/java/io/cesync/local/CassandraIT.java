package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CassandraIT {
  @Test
  void keepsDataOverStopAndKill() throws Exception {
    Path folder;
    try (CassandraServers servers = LocalServers.cassandra().start()) {
      CassandraNode node = servers.node(0);
      folder = node.log().getParent().getParent();
      try (CqlSession session = Cql.connect(servers, 0)) {
        session.execute(
            "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        session.execute("CREATE TABLE k.t (id int PRIMARY KEY, v text)");
        session.execute("INSERT INTO k.t (id, v) VALUES (1, 'one')");
      }
      node.stop();
      assertThat(node.running()).isFalse();
      node.start();
      assertThat(value(servers)).isEqualTo("one");
    }
    assertThat(folder).doesNotExist();
  }

  private static String value(CassandraServers servers) {
    try (CqlSession session = Cql.connect(servers, 0)) {
      return session.execute("SELECT v FROM k.t WHERE id = 1").one().getString("v");
    }
  }
}
