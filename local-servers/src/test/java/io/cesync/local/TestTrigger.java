package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** A trigger that does nothing, compiled against the Cassandra that runs. */
final class TestTrigger {
  static final String CLASS_NAME = "TestTriggerOfNothing";
  private static final String SOURCE =
      """
      import java.util.*;
      import org.apache.cassandra.db.Mutation;
      import org.apache.cassandra.db.partitions.Partition;
      import org.apache.cassandra.triggers.ITrigger;
      public class TestTriggerOfNothing implements ITrigger {
        public Collection<Mutation> augment(Partition update) {
          return Collections.emptyList();
        }
      }
      """;

  private TestTrigger() {}

  static Path writeJar(Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve(CLASS_NAME + ".java"), SOURCE);
    String classpath =
        new MavenCentral(Cache.ofUser())
                .classpath("org.apache.cassandra", "cassandra-all", CassandraSpec.DEFAULT.version())
                .stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", classpath, source.toString());
    assertThat(result).isZero();
    Path jar = folder.resolve("nothing.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(CLASS_NAME + ".class"));
      Files.copy(folder.resolve(CLASS_NAME + ".class"), out);
    }
    return jar;
  }
}
