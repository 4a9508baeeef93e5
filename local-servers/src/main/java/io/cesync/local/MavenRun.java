package io.cesync.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of Maven on a generated project, so that mirrors, proxies and credentials apply. */
final class MavenRun {
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:";

  private final Path pom;
  private final List<String> arguments;
  private final String what;

  private MavenRun(Path pom, String what, List<String> arguments) {
    this.pom = pom;
    this.what = what;
    this.arguments = arguments;
  }

  static MavenRun buildClasspath(
      Path folder, String groupId, String artifactId, String version, Path output)
      throws IOException {
    String dependency =
        """
          <dependencies>
            <dependency>
              <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
            </dependency>
          </dependencies>
        """
            .formatted(groupId, artifactId, version);
    return new MavenRun(
        writePom(folder, dependency),
        artifactId + " " + version,
        List.of(
            PLUGIN + "build-classpath", "-Dmdep.outputFile=" + output, "-Dmdep.pathSeparator=\n"));
  }

  static MavenRun unpack(
      Path folder, String groupId, String artifactId, String version, Path output)
      throws IOException {
    String artifact = groupId + ":" + artifactId + ":" + version + ":zip";
    return new MavenRun(
        writePom(folder, ""),
        artifactId + " " + version,
        List.of(PLUGIN + "unpack", "-Dartifact=" + artifact, "-DoutputDirectory=" + output));
  }

  /**
   * Runs it.
   *
   * @throws ServerStartException if Maven fails or can't be run; the message names the log
   */
  void logTo(Path log) throws IOException {
    List<String> command = new ArrayList<>(List.of(executable(), "-B", "-ntp", "-f"));
    command.add(pom.toString());
    repository().ifPresent(path -> command.add("-Dmaven.repo.local=" + path));
    extraArguments().ifPresent(text -> command.addAll(List.of(text.strip().split("\\s+"))));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(pom.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    forgetOuterMaven(builder.environment());
    int code = waitFor(builder, log);
    if (code != 0) {
      throw new ServerStartException(
          "Maven could not fetch %s (exit code %d); its log is %s and ends:%n%s"
              .formatted(what, code, log, LogTail.of(log)));
    }
    Files.deleteIfExists(log);
  }

  private int waitFor(ProcessBuilder builder, Path log) throws IOException {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new ServerStartException(
          "cannot run Maven (%s) to fetch %s: put mvn on the PATH, or name it with -Dcesync.maven"
              .formatted(builder.command().get(0), what),
          e);
    }
    process.getOutputStream().close();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ServerStartException("interrupted while fetching " + what + "; see " + log, e);
    }
  }

  private static String executable() {
    String chosen = System.getProperty("cesync.maven");
    if (chosen != null) {
      return chosen;
    }
    String home = System.getProperty("maven.home", System.getenv("MAVEN_HOME"));
    Path inHome = home == null ? null : Path.of(home, "bin", "mvn");
    return inHome != null && Files.isExecutable(inHome) ? inHome.toString() : "mvn";
  }

  /** Surefire and Failsafe tell a test's JVM which local repository the outer Maven uses. */
  private static Optional<String> repository() {
    return Optional.ofNullable(
        System.getProperty("maven.repo.local", System.getProperty("localRepository")));
  }

  /** For example {@code -o}, or {@code -s FILE}, which an outer Maven doesn't pass on. */
  private static Optional<String> extraArguments() {
    return Optional.ofNullable(
            System.getProperty("cesync.maven.args", System.getenv("CESYNC_MAVEN_ARGS")))
        .filter(text -> !text.isBlank());
  }

  private static void forgetOuterMaven(Map<String, String> environment) {
    environment.keySet().removeAll(List.of("MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS"));
  }

  private static Path writePom(Path folder, String body) throws IOException {
    return Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.cesync.local</groupId>
          <artifactId>fetch</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
        %s</project>
        """
            .formatted(body));
  }
}
