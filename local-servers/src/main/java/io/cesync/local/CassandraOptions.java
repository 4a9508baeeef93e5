package io.cesync.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM options that are about one node: its files, its ports, and a quick start. */
final class CassandraOptions {
  private static final int SEED_RING_DELAY = 100;

  /** The limit, in ms, for reaching the seed; not waited for in full. */
  private static final int RING_DELAY = 10_000;

  private CassandraOptions() {}

  static List<String> of(CassandraSpec spec, Path folder, boolean seed, int jmxPort) {
    List<String> options = new ArrayList<>();
    options.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
    options.add("-Dlogback.configurationFile=" + folder.resolve("logback.xml"));
    options.add("-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri());
    options.add("-Dcassandra.storagedir=" + folder);
    options.add("-Dcassandra.logdir=" + folder.resolve("logs"));
    options.add("-Dcassandra.triggers_dir=" + folder.resolve("triggers"));
    options.add("-Dcassandra.jmx.local.port=" + jmxPort);

    // Safe, because the nodes of a cluster start one after another and with given tokens.
    options.add("-Dcassandra.ring_delay_ms=" + (seed ? SEED_RING_DELAY : RING_DELAY));
    options.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    options.add("-Dcassandra.consistent.rangemovement=false");
    options.add("-Dcassandra.superuser_setup_delay_ms=100");
    options.addAll(spec.jvmOptions());
    return options;
  }
}
