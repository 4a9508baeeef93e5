package io.cesync.trigger;

import io.cesync.local.LocalServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * All that the trigger promises, on a real node. A leaf for each version of Cassandra says only
 * which.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TriggerContract
    implements RowContract,
        CollectionContract,
        PartitionContract,
        BatchContract,
        ExpiryContract,
        LwtContract,
        CounterContract,
        KeyContract,
        SchemaContract,
        FailureContract {
  private final String version;
  private TestCluster cluster;

  TriggerContract(String version) {
    this.version = version;
  }

  @BeforeAll
  void start() {
    cluster = TestCluster.start(LocalServers.cassandra().version(version));
    RowContract.createTables(cluster);
    BatchContract.createTables(cluster);
    ExpiryContract.createTables(cluster);
    CounterContract.createTables(cluster);
    KeyContract.createTables(this);
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

  @Override
  public int version() {
    return Integer.parseInt(version.substring(0, 1) + version.charAt(2));
  }
}
