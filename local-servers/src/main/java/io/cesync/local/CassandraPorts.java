package io.cesync.local;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ports of a cluster. CQL and storage ports are the same on every node's own address; JMX
 * listens on 127.0.0.1 only, so each node has a port of its own.
 */
record CassandraPorts(int cql, int storage, List<Integer> jmx) {
  static CassandraPorts choose(CassandraSpec spec) {
    List<InetAddress> addresses =
        IntStream.range(0, spec.nodes()).mapToObj(Ports::loopback).toList();
    int cql = spec.cqlPort().orElseGet(() -> Ports.freeOn(addresses));
    if (!Ports.isFree(addresses, cql)) {
      throw new ServerStartException(
          "port " + cql + " is taken on one of " + addresses + ", or an address is not there");
    }
    List<Integer> jmx =
        Stream.generate(() -> Ports.freeOn(List.of(Ports.loopback(0))))
            .limit(spec.nodes())
            .toList();
    return new CassandraPorts(cql, Ports.freeOn(addresses), jmx);
  }
}
