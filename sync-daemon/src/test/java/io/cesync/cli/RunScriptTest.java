package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * run.sh in a checkout made for the test, with a java and an mvn that only tell how they were
 * called.
 */
class RunScriptTest {
  private static final Path SCRIPT = Path.of("../run.sh");
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Path home;
  private Path tools;
  private final Map<String, String> environment = new HashMap<>();

  private record Result(int code, String output) {}

  @BeforeEach
  void checkout() throws IOException {
    home = Files.createDirectories(directory.toRealPath().resolve("a home"));
    tools = Files.createDirectories(directory.resolve("tools"));
    Files.copy(SCRIPT, home.resolve("run.sh"));
    for (String module : List.of("local-servers", "logger-trigger", "sync-daemon", "demo")) {
      Files.createDirectories(home.resolve(module).resolve("src/main/java"));
      source(module + "/pom.xml", LONG_AGO);
      source(module + "/src/main/java/A.java", LONG_AGO);
      Files.createDirectories(home.resolve(module).resolve("target/lib"));
      source(module + "/target/" + module + ".jar", LONG_AGO.plusSeconds(60));
      modified(home.resolve(module).resolve("target/lib"), LONG_AGO.plusSeconds(60));
    }
    source("pom.xml", LONG_AGO);
    // Empty: there is none, but it needn't be made.
    file("sync-daemon/target/classes.jsa", "", LONG_AGO.plusSeconds(90));
    tool(
        "java",
        """
        if [[ $1 == -version ]]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit; fi
        printf '%s\\n' "$@"
        """);
    tool("mvn", "echo \"mvn $*\"; cd sync-daemon/target; mkdir -p lib; touch sync-daemon.jar");
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
  }

  @Test
  void itRunsTheDaemonWithItsClassPath() throws Exception {
    Result result = run(home, "./run.sh", "-c", "a b.yaml");

    assertThat(result)
        .isEqualTo(
            new Result(
                0,
                """
                -Xmx256m
                -XX:+ExitOnOutOfMemoryError
                -XX:+UseSerialGC
                -XX:TieredStopAtLevel=1
                -Dcesync.home=HOME
                -Dcesync.terminal=false
                -cp
                HOME/sync-daemon/target/sync-daemon.jar:HOME/sync-daemon/target/lib/*
                io.cesync.cli.Main
                -c
                a b.yaml
                """
                    .replace("HOME", home.toString())));
  }

  @Test
  void itWorksFromAnywhereAndThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("l1"), home.resolve("run.sh"));
    Path linkToLink = Files.createSymbolicLink(tools.resolve("l2"), Path.of("../l1"));

    assertThat(run(Path.of("/"), home.resolve("run.sh").toString()).output())
        .contains("-Dcesync.home=" + home + "\n");
    assertThat(run(Path.of("/"), link.toString()).output())
        .contains("-Dcesync.home=" + home + "\n");
    assertThat(run(directory, linkToLink.toString(), "status").output())
        .contains("-Dcesync.home=" + home + "\n", "\nstatus\n");
  }

  @Test
  void aDistributionNeedsNoBuildAndHasNoDemo() throws Exception {
    home = Files.createDirectories(directory.toRealPath().resolve("installed"));
    Files.copy(SCRIPT, home.resolve("run.sh"));
    Files.createDirectories(home.resolve("lib"));
    source("lib/sync-daemon.jar", LONG_AGO);
    file(".classes.jsa", "", Instant.now().plusSeconds(60));
    tool("mvn", "echo 'a build'; exit 1");

    assertThat(run(home, "./run.sh", "status").output())
        .contains("-Dcesync.home=" + home + "\n")
        .endsWith("-cp\n" + home + "/lib/*\nio.cesync.cli.Main\nstatus\n");
    assertThat(run(home, "./run.sh", "demo"))
        .isEqualTo(new Result(1, "cesync: demo is there in a source checkout only.\n"));
  }

  @Test
  void demoAndServersAreOfOtherModules() throws Exception {
    String jar = "--trigger-jar\n" + home + "/logger-trigger/target/logger-trigger.jar\n";

    assertThat(run(home, "./run.sh", "demo", "--seconds", "5").output())
        .contains(home + "/demo/target/demo.jar:" + home + "/demo/target/lib/*\n")
        .endsWith("io.cesync.demo.Demo\n" + jar + "--seconds\n5\n");
    assertThat(run(home, "./run.sh", "servers").output())
        .endsWith("io.cesync.local.Servers\n" + jar);
  }

  @Test
  void itBuildsWhatIsMissingOrOlderThanItsSources() throws Exception {
    assertThat(run(home, "./run.sh").output()).doesNotContain("building");

    source("sync-daemon/src/main/java/A.java", LONG_AGO.plusSeconds(120));
    assertThat(run(home, "./run.sh").output())
        .contains(
            "cesync: building ...",
            // It packages for running; the tests are another command.
            "mvn -B -ntp -q -Dstyle.color=never -DskipTests",
            " package -pl local-servers,sync-daemon -am");
    assertThat(run(home, "./run.sh").output()).doesNotContain("building");

    Files.delete(home.resolve("sync-daemon/target/sync-daemon.jar"));
    assertThat(run(home, "./run.sh").output()).contains("building");
    assertThat(run(home, "./run.sh").output()).doesNotContain("building");
  }

  @Test
  void aBuildThatLeavesTheJarAloneIsNotRepeated() throws Exception {
    tool("mvn", "mkdir -p sync-daemon/target/lib");
    source("pom.xml", LONG_AGO.plusSeconds(120));

    assertThat(run(home, "./run.sh").output()).contains("building");
    assertThat(run(home, "./run.sh").output()).doesNotContain("building");
  }

  @Test
  void aBuildThatFailsStopsIt() throws Exception {
    tool("mvn", "exit 1");
    source("pom.xml", LONG_AGO.plusSeconds(120));

    Result result = run(home, "./run.sh");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output()).endsWith("cesync: the build failed; see above.\n");
    assertThat(run(home, "./run.sh").output()).contains("building");
  }

  @Test
  void classesAreArchivedOnceForEachJar() throws Exception {
    tool(
        "java",
        """
        for argument; do case $argument in
          -version) echo 'openjdk version "17.0.1" 2021-10-19' >&2;;
          -XX:ArchiveClassesAtExit=*) echo classes >> "${argument#*=}"; echo once >> '%s/times';;
          -XX:SharedArchiveFile=*) cat "${argument#*=}";;
        esac; done
        """
            .formatted(directory));
    assertThat(run(home, "./run.sh").output()).isEmpty();

    source("sync-daemon/target/sync-daemon.jar", LONG_AGO.plusSeconds(120));
    assertThat(run(home, "./run.sh").output()).isEqualTo("classes\n");
    assertThat(run(home, "./run.sh").output()).isEqualTo("classes\n");
    assertThat(directory.resolve("times")).hasContent("once");

    Instant later = Instant.now().plusSeconds(60);
    modified(home.resolve("sync-daemon/target/lib"), later);
    assertThat(run(home, "./run.sh").output()).isEqualTo("classes\n");
    assertThat(directory.resolve("times")).hasContent("once\nonce");
  }

  @Test
  void anOldOrMissingJavaIsToldOf() throws Exception {
    Path old = Files.createDirectories(directory.resolve("jdk/bin"));
    environment.put("JAVA_HOME", directory.resolve("jdk").toString());
    assertThat(run(home, "./run.sh"))
        .isEqualTo(
            new Result(
                1,
                "cesync: JAVA_HOME is %s, but there is no bin/java in it. Set it to a JDK or JRE, 17 or later.\n"
                    .formatted(directory.resolve("jdk"))));

    script(old.resolve("java"), "echo 'java version \"1.8.0_202\"' >&2");
    assertThat(run(home, "./run.sh"))
        .isEqualTo(
            new Result(
                1,
                "cesync: %s is version 1.8.0_202, but 17 or later is needed. Set JAVA_HOME to such a one.\n"
                    .formatted(old.resolve("java"))));

    script(old.resolve("java"), "echo 'openjdk version \"25\" 2025-09-16' >&2");
    assertThat(run(home, "./run.sh").code()).isZero();
  }

  @Test
  void heapAndOptionsAreChosen() throws Exception {
    environment.put("CESYNC_HEAP", "1g");
    environment.put("JAVA_OPTS", "-XX:+UseG1GC -Dx=y");

    assertThat(run(home, "./run.sh").output())
        .startsWith("-Xmx1g\n")
        .contains("-XX:+UseG1GC\n-Dx=y\n-cp\n")
        .as("the JVM takes only one")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void signalsReachTheJvm() throws Exception {
    tool(
        "java",
        """
        if [[ $1 == -version ]]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit; fi
        trap 'exit 42' TERM
        echo $$ > '%s'
        while true; do read -t 0.05 < <(:) || true; done
        """
            .formatted(directory.resolve("pid")));
    Process process = start(home, "./run.sh");
    try {
      Path pid = directory.resolve("pid");
      await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
      assertThat(Files.readString(pid).strip()).isEqualTo(Long.toString(process.pid()));

      process.destroy();

      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(42);
    } finally {
      process.destroyForcibly();
    }
  }

  private Result run(Path workingDirectory, String... command)
      throws IOException, InterruptedException {
    Process process = start(workingDirectory, command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private Process start(Path workingDirectory, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JAVA_OPTS", "CESYNC_HEAP"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void tool(String name, String body) throws IOException {
    script(tools.resolve(name), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void source(String path, Instant modified) throws IOException {
    file(path, "x", modified);
  }

  private void file(String path, String content, Instant modified) throws IOException {
    Path file = home.resolve(path);
    Files.writeString(file, content);
    modified(file, modified);
  }

  private static void modified(Path file, Instant modified) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
