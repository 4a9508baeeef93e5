package io.cesync.local;

import java.io.IOException;
import java.util.List;

/** Makes the launches of a cluster's nodes, by one of the two ways to run servers. */
interface CassandraLauncher {
  /** Fetches what the version needs, which can take minutes. */
  static CassandraLauncher of(CassandraSpec spec) {
    return Containers.chosen() ? new CassandraContainers(spec) : new CassandraProcesses(spec);
  }

  /**
   * Makes the launch of a node.
   *
   * @param folder all the node's files, ready
   * @param options the node's JVM options
   */
  Launch launch(NodeFolder folder, List<String> options) throws IOException;
}
