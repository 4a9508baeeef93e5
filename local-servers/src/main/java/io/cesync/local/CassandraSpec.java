package io.cesync.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Cassandra cluster to start. Immutable: each method that sets something returns a changed copy.
 *
 * @param version 4.0.x, 4.1.x or 5.0.x
 * @param nodes how many; node i listens on 127.0.0.(i+1)
 * @param triggerJar copied into every node's triggers directory before it starts
 * @param heapMiB heap of one node
 * @param config added to {@code cassandra.yaml}, replacing the default of that name
 * @param jvmOptions added to the end of the java command's options
 * @param cqlPort the CQL port, or empty for any free one
 */
public record CassandraSpec(
    String version,
    int nodes,
    Optional<Path> triggerJar,
    int heapMiB,
    Map<String, Object> config,
    List<String> jvmOptions,
    OptionalInt cqlPort) {
  static final CassandraSpec DEFAULT =
      new CassandraSpec(
          "5.0.9",
          1,
          Optional.empty(),
          512,
          Map.of(),
          List.of(Jdk.COMPILED_FAST),
          OptionalInt.empty());

  public CassandraSpec {
    if (nodes < 1 || nodes > 100) {
      throw new IllegalArgumentException("nodes must be in 1..100, not " + nodes);
    }
    config = Map.copyOf(config);
    jvmOptions = List.copyOf(jvmOptions);
  }

  public CassandraSpec version(String version) {
    return new CassandraSpec(version, nodes, triggerJar, heapMiB, config, jvmOptions, cqlPort);
  }

  public CassandraSpec nodes(int nodes) {
    return new CassandraSpec(version, nodes, triggerJar, heapMiB, config, jvmOptions, cqlPort);
  }

  public CassandraSpec triggerJar(Path jar) {
    return new CassandraSpec(
        version, nodes, Optional.of(jar), heapMiB, config, jvmOptions, cqlPort);
  }

  public CassandraSpec heapMiB(int heapMiB) {
    return new CassandraSpec(version, nodes, triggerJar, heapMiB, config, jvmOptions, cqlPort);
  }

  /** Sets a key of {@code cassandra.yaml}; the value may be a map or a list. */
  public CassandraSpec config(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(config);
    changed.put(key, value);
    return new CassandraSpec(version, nodes, triggerJar, heapMiB, changed, jvmOptions, cqlPort);
  }

  public CassandraSpec jvmOption(String option) {
    List<String> changed = new ArrayList<>(jvmOptions);
    changed.add(option);
    return new CassandraSpec(version, nodes, triggerJar, heapMiB, config, changed, cqlPort);
  }

  /**
   * Lets the JVM compile what is hot as well as it can, for measurements: a server that lives for
   * minutes has more of being compiled fast.
   */
  public CassandraSpec compiledWell() {
    return jvmOption(Jdk.COMPILED_WELL);
  }

  public CassandraSpec cqlPort(int port) {
    return new CassandraSpec(
        version, nodes, triggerJar, heapMiB, config, jvmOptions, OptionalInt.of(port));
  }

  /**
   * Starts the cluster and waits until every node answers CQL and sees all others. The first start
   * of a version fetches it, which can take minutes.
   *
   * @throws ServerStartException if it doesn't come up; the message names the log, which is kept
   */
  public CassandraServers start() {
    return LocalCassandra.start(this);
  }
}
