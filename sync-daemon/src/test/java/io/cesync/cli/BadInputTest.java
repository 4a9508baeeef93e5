package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.state.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found to be wrong before any server is asked. */
class BadInputTest {

  private static final String SETTINGS =
      """
      cassandra: {contact_points: ["127.0.0.1:1"], local_datacenter: datacenter1}
      elasticsearch: {hosts: ["http://127.0.0.1:1"]}
      tables: [{table: shop.product}]
      """;

  @TempDir Path directory;
  private Path settings;
  private Path state;

  @BeforeEach
  void write() throws IOException {
    settings = Files.writeString(directory.resolve("settings.yaml"), SETTINGS);
    state = directory.resolve("state.yaml");
  }

  private Cli run(String command) {
    return Cli.run(command, "-c", settings.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "once", "install", "check", "status"})
  void allThatIsWrongWithTheSettingsIsToldAtOnce(String command) throws IOException {
    Files.writeString(
        settings,
        """
        cassandra: {contact_points: ["127.0.0.1:99999"], local_datacentre: datacenter1}
        elasticsearch: {hosts: ["127.0.0.1"], password: "hunter2-secret", request_timeout: soon}
        intervall: 1s
        bulk: {max_documents: many, in_flight: 0}
        tables:
          - {table: product, colums: [a]}
        """);

    Cli cli = run(command);

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err())
        .startsWith("cesync: " + settings + " has ")
        .contains("contact_points")
        .contains("local_datacentre", "did you mean")
        .contains("elasticsearch.hosts")
        .contains("request_timeout")
        .contains("intervall")
        .contains("max_documents", "in_flight")
        .contains("colums")
        .contains(settings + ":3:")
        .doesNotContain("hunter2-secret", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "once", "status"})
  void aCorruptStateIsNeverARestartFromNothing(String command) throws IOException {
    for (String text : new String[] {"]]]", "format: 1\ntables: 7\n", "\0\0\0\0", ""}) {
      Files.writeString(state, text);

      Cli cli = run(command);

      assertThat(cli.exitCode()).isEqualTo(1);
      assertThat(cli.err()).startsWith("cesync: " + state).doesNotContain("\tat ");
      assertThat(state).hasContent(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "once", "status"})
  void aStateOfANewerFormatIsLeftAlone(String command) throws IOException {
    String newer = "format: 99\ntables: {}\n";
    Files.writeString(state, newer);

    Cli cli = run(command);

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).startsWith("cesync: " + state).contains("newer").doesNotContain("\tat ");
    assertThat(state).hasContent(newer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "once"})
  void aSecondDaemonIsRefused(String command) {
    try (StateLock held = StateLock.acquire(state)) {
      Cli cli = run(command);

      assertThat(cli.exitCode()).isEqualTo(1);
      assertThat(cli.err())
          .startsWith(
              "cesync: Another daemon (pid %d) uses %s."
                  .formatted(ProcessHandle.current().pid(), state))
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"once", "install", "check"})
  void aServerThatDoesNotAnswerIsNamed(String command) {
    Cli cli = run(command);

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .startsWith("cesync: Cassandra can't be reached at 127.0.0.1:1")
        .doesNotContain("\tat ");
    assertThat(cli.err().lines()).hasSize(1);
  }
}
