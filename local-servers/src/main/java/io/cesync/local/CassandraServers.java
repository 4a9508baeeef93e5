package io.cesync.local;

import java.net.InetSocketAddress;
import java.util.List;

/** A running Cassandra cluster. Thread-safe; the methods of one node must not be called at once. */
public interface CassandraServers extends AutoCloseable {
  /** The CQL addresses, one a node, in the order of {@link #node}. */
  List<InetSocketAddress> contactPoints();

  /** The only data centre, as a driver wants to be told. */
  String localDatacenter();

  /** A node, counted from 0; node 0 is the seed. */
  CassandraNode node(int i);

  int size();

  /** Stops all nodes and deletes their folders. Repeating it does nothing. */
  @Override
  void close();
}
