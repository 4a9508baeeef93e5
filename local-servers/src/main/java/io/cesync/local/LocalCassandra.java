package io.cesync.local;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster of this machine. */
final class LocalCassandra implements CassandraServers {
  private static final Logger log = LoggerFactory.getLogger(LocalCassandra.class);
  private static final int TRIES = 3;

  private final List<LocalCassandraNode> nodes;

  private LocalCassandra(List<LocalCassandraNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  static LocalCassandra start(CassandraSpec spec) {
    for (int i = 1; ; i++) {
      try {
        return startOnce(spec);
      } catch (ServerStartException e) {
        if (i == TRIES || spec.cqlPort().isPresent() || !e.portTaken) {
          throw e;
        }
        log.info("A port was taken meanwhile; trying others");
      }
    }
  }

  private static LocalCassandra startOnce(CassandraSpec spec) {
    CassandraLauncher launcher = CassandraLauncher.of(spec);
    CassandraPorts ports = CassandraPorts.choose(spec);
    List<LocalCassandraNode> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < spec.nodes(); i++) {
        nodes.add(LocalCassandraNode.prepare(spec, ports, i, launcher));
        nodes.get(i).start();
      }
      if (nodes.size() > 1) {
        nodes.forEach(node -> node.awaitLiveNodes(nodes.size()));
      }
      log.info("Cassandra {} answers on {}", spec.version(), nodes.get(0).address());
      return new LocalCassandra(nodes);
    } catch (RuntimeException e) {
      nodes.forEach(LocalCassandraNode::giveUp);
      throw e;
    }
  }

  @Override
  public List<InetSocketAddress> contactPoints() {
    return nodes.stream().map(LocalCassandraNode::address).toList();
  }

  @Override
  public String localDatacenter() {
    return "datacenter1";
  }

  @Override
  public CassandraNode node(int i) {
    return nodes.get(i);
  }

  @Override
  public int size() {
    return nodes.size();
  }

  /** Kills: nobody needs the data any more. */
  @Override
  public void close() {
    nodes.forEach(LocalCassandraNode::discard);
  }
}
