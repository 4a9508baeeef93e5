package io.cesync.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The arguments of a Cassandra node's {@code java}. */
final class CassandraJvm {
  /** What Cassandra 5.0's own {@code jvm17-server.options} lists; 4.x needs no more. */
  private static final List<String> EXPORTS =
      List.of(
          "java.base/java.lang.ref",
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport.tcp",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.math",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.nio.charset",
          "java.base/java.nio.file.spi",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.util.concurrent.locks",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/jdk.internal.vm",
          "java.base/sun.net.www.protocol.jrt",
          "java.base/sun.nio.ch",
          "java.rmi/sun.rmi.transport.tcp",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "jdk.management/com.sun.management.internal",
          "jdk.compiler/com.sun.tools.javac.file",
          "jdk.management.agent/jdk.internal.agent");

  private CassandraJvm() {}

  static List<String> arguments(CassandraSpec spec, List<Path> classpath, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Xms" + spec.heapMiB() + "m");
    arguments.add("-Xmx" + spec.heapMiB() + "m");
    arguments.addAll(List.of("-ea", "-da:net.openhft...", "-Xss384k", "-XX:+UseG1GC"));
    arguments.add("-XX:+PerfDisableSharedMem");
    arguments.add("-XX:+ExitOnOutOfMemoryError");
    EXPORTS.forEach(name -> arguments.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> arguments.add("--add-opens=" + name + "=ALL-UNNAMED"));
    arguments.add("-Djdk.attach.allowAttachSelf=true");
    arguments.add("-Djava.security.manager=allow");
    arguments.add("-Djava.net.preferIPv4Stack=true");
    arguments.add("-Dchronicle.announcer.disable=true");
    arguments.add("-Dio.netty.tryReflectionSetAccessible=true");
    agent(classpath).forEach(arguments::add);
    arguments.add("-Dcassandra-foreground=yes");
    arguments.addAll(options);
    arguments.add("-cp");
    arguments.add(
        classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    arguments.add("org.apache.cassandra.service.CassandraDaemon");
    return arguments;
  }

  /** Cassandra's own dependency, which measures the size of objects. */
  private static Stream<String> agent(List<Path> classpath) {
    return classpath.stream()
        .filter(jar -> jar.getFileName().toString().startsWith("jamm-"))
        .map(jar -> "-javaagent:" + jar);
  }

  /** The same in the form of a file for {@code java @file}. */
  static String toFile(List<String> arguments) {
    return arguments.stream()
        .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
        .collect(Collectors.joining());
  }
}
