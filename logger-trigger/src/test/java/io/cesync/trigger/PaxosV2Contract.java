package io.cesync.trigger;

import io.cesync.local.LocalServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Paxos v2 is another way through Cassandra to the trigger. It is there from 4.1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PaxosV2Contract implements LwtContract {
  private final String version;
  private TestCluster cluster;

  PaxosV2Contract(String version) {
    this.version = version;
  }

  @BeforeAll
  void start() {
    cluster =
        TestCluster.start(LocalServers.cassandra().version(version).config("paxos_variant", "v2"));
    RowContract.createTables(cluster);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Override
  public TestCluster cluster() {
    return cluster;
  }
}
