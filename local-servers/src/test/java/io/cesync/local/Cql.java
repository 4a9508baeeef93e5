package io.cesync.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.time.Duration;

/** Driver sessions for tests. */
final class Cql {
  private Cql() {}

  /**
   * A change of the schema through the node to which the session was connected first: the driver
   * asks that one whether all agree, and another may not have heard of the change yet.
   */
  static void schema(CqlSession session, CassandraServers servers, int node, String cql) {
    Node first = session.getMetadata().findNode(servers.node(node).address()).orElseThrow();
    ResultSet result = session.execute(SimpleStatement.newInstance(cql).setNode(first));
    if (!result.getExecutionInfo().isSchemaInAgreement()) {
      throw new IllegalStateException("The nodes don't agree on the schema after: " + cql);
    }
  }

  /** By one contact point. */
  static CqlSession connect(CassandraServers servers, int node) {
    return CqlSession.builder()
        .addContactPoint(servers.node(node).address())
        .withLocalDatacenter(servers.localDatacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(50))
                .build())
        .build();
  }
}
