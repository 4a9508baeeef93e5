package io.cesync.local;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/** A node's {@code cassandra.yaml}: Cassandra's defaults, but small and quick to start. */
final class CassandraYaml {
  private static final int TOKENS_A_NODE = 4;

  private CassandraYaml() {}

  static String of(CassandraSpec spec, CassandraPorts ports, int node, Path folder) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("cluster_name", "cesync local");
    yaml.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
    yaml.put("num_tokens", TOKENS_A_NODE);
    yaml.put("initial_token", tokens(node, spec.nodes()));
    // There is nothing to stream to a node that joins an empty cluster.
    yaml.put("auto_bootstrap", false);
    yaml.put("endpoint_snitch", "SimpleSnitch");
    yaml.put("seed_provider", List.of(seeds(ports)));

    InetAddress address = Ports.loopback(node);
    yaml.put("listen_address", address.getHostAddress());
    yaml.put("rpc_address", address.getHostAddress());
    yaml.put("storage_port", ports.storage());
    yaml.put("native_transport_port", ports.cql());

    yaml.put("data_file_directories", List.of(folder.resolve("data").toString()));
    yaml.put("commitlog_directory", folder.resolve("commitlog").toString());
    yaml.put("saved_caches_directory", folder.resolve("saved_caches").toString());
    yaml.put("hints_directory", folder.resolve("hints").toString());
    yaml.put("cdc_raw_directory", folder.resolve("cdc_raw").toString());

    boolean periodic = !spec.config().containsKey("commitlog_sync");
    if (Version.of(spec.version()).atLeast(4, 1)) {
      putIf(periodic, yaml, "commitlog_sync_period", "10000ms");
      yaml.put("commitlog_total_space", "512MiB");
      yaml.put("memtable_heap_space", spec.heapMiB() / 8 + "MiB");
      yaml.put("memtable_offheap_space", spec.heapMiB() / 8 + "MiB");
    } else {
      putIf(periodic, yaml, "commitlog_sync_period_in_ms", 10_000);
      yaml.put("commitlog_total_space_in_mb", 512);
      yaml.put("memtable_heap_space_in_mb", spec.heapMiB() / 8);
      yaml.put("memtable_offheap_space_in_mb", spec.heapMiB() / 8);
    }
    putIf(periodic, yaml, "commitlog_sync", "periodic");
    // Else DROP and TRUNCATE copy what they delete.
    yaml.put("auto_snapshot", false);
    yaml.putAll(spec.config());

    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    return new Yaml(options).dump(yaml);
  }

  /** Cassandra refuses the settings of a mode of sync that isn't the chosen one. */
  private static void putIf(boolean put, Map<String, Object> yaml, String key, Object value) {
    if (put) {
      yaml.put(key, value);
    }
  }

  private static Map<String, Object> seeds(CassandraPorts ports) {
    String seed = Ports.loopback(0).getHostAddress() + ":" + ports.storage();
    return Map.of(
        "class_name",
        "org.apache.cassandra.locator.SimpleSeedProvider",
        "parameters",
        List.of(Map.of("seeds", seed)));
  }

  /** Evenly spread and interleaved, so that the nodes own equal parts without negotiating. */
  private static String tokens(int node, int nodes) {
    long step = Long.divideUnsigned(-1, (long) nodes * TOKENS_A_NODE);
    return IntStream.range(0, TOKENS_A_NODE)
        .mapToLong(i -> Long.MIN_VALUE + 1 + step * ((long) i * nodes + node))
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }
}
