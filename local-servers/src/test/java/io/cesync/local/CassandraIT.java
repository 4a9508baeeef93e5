package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraIT {
  private static CassandraServers servers;
  private static CassandraNode node;

  @BeforeAll
  static void start() {
    // With the default, periodic, a kill may lose the last 100 ms.
    servers = LocalServers.cassandra().config("commitlog_sync", "batch").start();
    node = servers.node(0);
    try (CqlSession session = Cql.connect(servers, 0)) {
      session.execute(
          "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY, v text)");
    }
  }

  @AfterAll
  static void stop() {
    Path folder = node.log().getParent().getParent();
    servers.close();
    assertThat(node.running()).isFalse();
    assertThat(folder).doesNotExist();
  }

  @Test
  void keepsDataAndAddressOverStopAndKill() {
    try (CqlSession session = Cql.connect(servers, 0)) {
      session.execute("INSERT INTO k.t (id, v) VALUES (1, 'one')");
    }
    var address = node.address();
    node.pause();
    node.stop();
    assertThat(node.running()).isFalse();
    assertThat(CqlProbe.answers(address)).isFalse();
    node.start();
    try (CqlSession session = Cql.connect(servers, 0)) {
      session.execute("INSERT INTO k.t (id, v) VALUES (2, 'two')");
    }
    node.kill();
    assertThat(node.running()).isFalse();
    node.start();
    try (CqlSession session = Cql.connect(servers, 0)) {
      assertThat(session.execute("SELECT v FROM k.t WHERE id IN (1, 2)").all())
          .extracting(row -> row.getString("v"))
          .containsExactlyInAnyOrder("one", "two");
    }
    assertThat(servers.contactPoints()).containsExactly(address);
  }

  @Test
  void answersNothingWhilePaused() {
    node.pause();
    try {
      assertThat(CqlProbe.answers(node.address())).isFalse();
      assertThat(node.running()).isTrue();
    } finally {
      node.resume();
    }
    assertThat(CqlProbe.answers(node.address())).isTrue();
  }

  @Test
  void looksForTriggersInItsFolder(@TempDir Path folder) throws Exception {
    try (CqlSession session = Cql.connect(servers, 0)) {
      session.execute("CREATE TABLE k.u (id int PRIMARY KEY)");
      String create = "CREATE TRIGGER x ON k.u USING '" + TestTrigger.CLASS_NAME + "'";
      assertThatThrownBy(() -> session.execute(create)).isInstanceOf(DriverException.class);
      Path jar = TestTrigger.writeJar(folder);
      Files.copy(jar, node.triggersDir().resolve(jar.getFileName()));
      node.reloadTriggers();
      session.execute(create);
      session.execute("INSERT INTO k.u (id) VALUES (1)");
    }
  }
}
