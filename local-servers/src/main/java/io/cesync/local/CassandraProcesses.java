package io.cesync.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Cassandra nodes as child processes. */
final class CassandraProcesses implements CassandraLauncher {
  private final CassandraSpec spec;
  private final List<Path> classpath;
  private final Jdk jdk;

  CassandraProcesses(CassandraSpec spec) {
    this.spec = spec;
    this.classpath =
        new MavenCentral(Cache.ofUser())
            .classpath("org.apache.cassandra", "cassandra-all", spec.version());
    // 4.x also runs on 11, but not with these options.
    this.jdk = Jdk.between(17, 17, "Cassandra " + spec.version());
  }

  @Override
  public Launch launch(NodeFolder folder, List<String> options) throws IOException {
    Path arguments =
        Files.writeString(
            folder.resolve("java.arguments"),
            CassandraJvm.toFile(CassandraJvm.arguments(spec, classpath, options)));
    return new ChildLaunch(folder, List.of(jdk.java().toString(), "@" + arguments), Map.of());
  }
}
