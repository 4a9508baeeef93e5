package io.cesync.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/** Cassandra's own nodetool, for a node of this machine. */
final class Nodetool {
  private static final String JMX_PORT = "-Dcassandra.jmx.local.port=";

  private Nodetool() {}

  /**
   * Writes a program that runs it.
   *
   * @param arguments the file with those of the node's {@code java}, a quoted one a line
   */
  static void write(Path program, Path arguments) throws IOException {
    List<String> all =
        Files.readAllLines(arguments).stream().map(a -> a.substring(1, a.length() - 1)).toList();
    String classpath = all.get(all.indexOf("-cp") + 1);
    String port =
        all.stream()
            .filter(argument -> argument.startsWith(JMX_PORT))
            .findFirst()
            .orElseThrow()
            .substring(JMX_PORT.length());
    String options =
        all.stream()
            .filter(argument -> argument.startsWith("--add-"))
            .collect(Collectors.joining(" "));
    Path logback = program.resolveSibling("nodetool-logback.xml");
    Files.writeString(logback, "<configuration/>");
    Files.writeString(
        program,
        """
        #!/usr/bin/env bash
        exec java -XX:TieredStopAtLevel=1 %s -Duser.home=%s -Dlogback.configurationFile=%s -cp '%s' \\
          org.apache.cassandra.tools.NodeTool -p %s "$@"
        """
            .formatted(options, program.getParent(), logback, classpath, port));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
