package io.cesync.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked, with nothing but a java. */
class DistributionIT {
  private static final Path ARCHIVE = Path.of("target/cesync.tar.gz");

  @TempDir static Path directory;
  private static Path home;

  private record Result(int code, String output) {}

  @BeforeAll
  static void unpack() throws Exception {
    assertThat(run("/usr/bin:/bin", "tar", "-xzf", ARCHIVE.toAbsolutePath().toString()).output())
        .isEmpty();
    home = directory.resolve("cesync");
  }

  @Test
  void itHoldsAllThatIsNeeded() throws IOException {
    for (String file :
        List.of(
            "settings.yaml",
            "state.yaml",
            "README.md",
            "cql/001-change-log.cql",
            "packaging/grafana-dashboard.json")) {
      assertThat(home.resolve(file)).hasSameTextualContentAs(Path.of("..", file));
    }
    assertThat(home.resolve("triggers/logger-trigger.jar"))
        .hasSameBinaryContentAs(Path.of("../logger-trigger/target/logger-trigger.jar"));
    assertThat(home.resolve("run.sh")).isExecutable();
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertThat(names)
          .contains("sync-daemon.jar")
          .allMatch(name -> name.endsWith(".jar"))
          .noneMatch(name -> name.matches("(junit|assertj|local-servers|logger-trigger).*"));
    }
  }

  @Test
  void itRunsWithoutMaven() throws Exception {
    assertThat(cesync("--help").output()).contains("Usage: run.sh", "start", "logs");
    assertThat(cesync("--version").output()).startsWith("cesync 0.");
  }

  @Test
  void wrongSettingsAreToldOf() throws Exception {
    Path settings = Files.writeString(directory.resolve("wrong.yaml"), "colour: red\n");

    for (String command : List.of("check", "start")) {
      Result result = cesync(command, "-c", settings.toString());

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.output()).contains("colour: unknown").doesNotContain("\tat ");
    }
  }

  @Test
  void aStartThatFindsNoServerLeavesNothingBehind() throws Exception {
    Path place = Files.createDirectories(directory.resolve("place"));
    Path settings =
        Files.writeString(
            place.resolve("settings.yaml"),
            """
            cassandra: {contact_points: ["127.0.0.1:1"], local_datacenter: datacenter1}
            elasticsearch: {hosts: ["http://127.0.0.1:1"]}
            http: {port: 0}
            tables: [{table: shop.product}]
            """);

    Result result = cesync("start", "--wait", "4", "-c", settings.toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output())
        .contains("The daemon wasn't up within 4 s", "Waiting for it.", "--wait");
    assertThat(place.resolve("state.yaml.pid")).doesNotExist();
    assertThat(cesync("stop", "-c", settings.toString()))
        .isEqualTo(new Result(0, "No daemon runs.\n"));
  }

  private static Result cesync(String... arguments) throws Exception {
    Path java = Paths.get(System.getProperty("java.home"), "bin");
    return run(
        java + ":/usr/bin:/bin",
        Stream.concat(Stream.of(home.resolve("run.sh").toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static Result run(String path, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JAVA_OPTS", "CESYNC_HEAP"));
    builder.environment().put("PATH", path);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
