package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.demo.Connect;
import io.cesync.demo.Servers;
import io.cesync.local.CassandraServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes with a copy each, one of them killed and brought back while the application writes at
 * LOCAL_QUORUM: every acknowledged write reaches Elasticsearch.
 */
class ClusterIT {
  private static final Duration SETTLED = Duration.ofMinutes(3);

  @Test
  void losesNothingWithANodeAway(@TempDir Path folder) throws IOException, InterruptedException {
    SharedServers shared = SharedServers.get();
    try (CassandraServers cluster = SharedServers.cassandra().nodes(3).heapMiB(384).start();
        CqlSession session = Connect.to(cluster);
        History history =
            new History(
                "cluster",
                Seeds.one(),
                3,
                new Servers(cluster, shared.servers().search()),
                session,
                shared.search(),
                folder)) {
      try (Receipts receipts = new Receipts(session, history.workload().keyspace())) {
        history.writer().start();
        receipts.start();
        history.daemon().start();
        history.awaitCopied();
        history.awaitWrites(500);

        cluster.node(2).kill();
        history.awaitWrites(1000);
        cluster.node(2).start();
        history.awaitWrites(1000);

        receipts.stop();
        history.endsEqual(SETTLED);
        assertThat(history.daemon().isAlive()).as(history.daemon().logTail()).isTrue();
        assertThat(receipts.acknowledged()).isPositive();
        assertThat(receipts.missingIn(shared.search())).as("acknowledged, but lost").isEmpty();
      }
    }
  }
}
