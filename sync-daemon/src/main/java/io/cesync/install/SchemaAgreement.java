package io.cesync.install;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether all nodes have a change of the schema. The driver asks a node of its choice, which may
 * not have heard of the change itself: then the old schema is what all seem to agree on. Here the
 * node that made the change is asked.
 *
 * @param patience how long {@link #await} waits
 */
public record SchemaAgreement(CqlSession session, Duration patience) {

  private static final long BETWEEN_LOOKS_NANOS = 100_000_000;

  /** Waits until all nodes that are up have what this one has; false if that takes too long. */
  public boolean await(Node coordinator) {
    long end = System.nanoTime() + patience.toNanos();
    while (!isReached(coordinator)) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    return true;
  }

  private boolean isReached(Node coordinator) {
    UUID own = ask(coordinator, "SELECT schema_version FROM system.local").one().getUuid(0);
    for (Row peer : ask(coordinator, "SELECT host_id, schema_version FROM system.peers")) {
      UUID id = peer.getUuid(0);
      Node node = id == null ? null : session.getMetadata().getNodes().get(id);
      boolean away = node == null || node.getState() == NodeState.DOWN;
      if (!away && !own.equals(peer.getUuid(1))) {
        return false;
      }
    }
    return true;
  }

  private ResultSet ask(Node node, String query) {
    return session.execute(SimpleStatement.newInstance(query).setNode(node));
  }
}
