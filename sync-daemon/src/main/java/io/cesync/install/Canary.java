package io.cesync.install;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.changelog.LogLayout;
import io.cesync.inspect.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Writes a row to the canary table through every node, and looks for its entry in the log. */
final class Canary {

  private static final String REMEDY =
      "Put logger-trigger.jar into the triggers directory of that node (conf/triggers, or -Dcassandra.triggers_dir), then run nodetool reloadtriggers there";

  private static final int LOOKS = 20;
  private static final long BETWEEN_LOOKS_NANOS = 100_000_000;

  private final CqlSession session;
  private final LogLayout layout;

  Canary(CqlSession session, LogLayout layout) {
    this.session = session;
    this.layout = layout;
  }

  /** What is wrong, of each node. */
  List<Problem> fly() {
    List<Problem> problems = new ArrayList<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      String name = "node " + node.getEndPoint();
      if (node.getState() == NodeState.DOWN || node.getState() == NodeState.FORCED_DOWN) {
        problems.add(
            new Problem(name, "it is down, so the trigger there can't be tried", "Start it"));
      } else if (node.getDistance()
          != com.datastax.oss.driver.api.core.loadbalancing.NodeDistance.IGNORED) {
        fly(node, name, problems);
      }
    }
    return problems;
  }

  private void fly(Node node, String name, List<Problem> problems) {
    UUID id = UUID.randomUUID();
    try {
      session.execute(
          SimpleStatement.newInstance(
                  "INSERT INTO logger.canary (id, node) VALUES (?, ?)", id, name)
              .setNode(node));
    } catch (DriverException e) {
      problems.add(new Problem(name, "a write with the trigger failed: " + e.getMessage(), REMEDY));
      return;
    }
    if (!isLogged(id)) {
      problems.add(
          new Problem(name, "a write with the trigger succeeded but is not in the log", REMEDY));
    }
  }

  private boolean isLogged(UUID id) {
    String key = "{\"id\":\"" + id + "\"}";
    for (int look = 0; look < LOOKS; look++) {
      long now = System.currentTimeMillis();
      long since = now - 60_000;
      for (long bucket = layout.bucketOf(since);
          bucket <= now + 60_000;
          bucket += layout.bucketMillis()) {
        for (Row row :
            session.execute(
                "SELECT logged_key FROM logger.log WHERE logged_keyspace = 'logger' AND logged_table = 'canary'"
                    + " AND time_bucket = ? AND shard IN ? AND time_uuid > ?",
                Instant.ofEpochMilli(bucket),
                IntStream.range(0, layout.shards()).boxed().toList(),
                Uuids.startOf(since))) {
          if (key.equals(row.getString(0))) {
            return true;
          }
        }
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    return false;
  }
}
