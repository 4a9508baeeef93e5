package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.UserError;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  private static final String SETTINGS =
      """
      cassandra: {contact_points: [127.0.0.1], local_datacenter: datacenter1}
      elasticsearch: {hosts: ["http://127.0.0.1:9200"]}
      state_file: progress.yaml
      tables: [{table: shop.product}]
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path settings;

  @BeforeEach
  void write() throws IOException {
    settings = Files.writeString(directory.resolve("settings.yaml"), SETTINGS);
  }

  @Test
  void statusReadsTheStateBesideTheSettings() throws IOException {
    new StateFile(directory.resolve("progress.yaml")).save(State.EMPTY);

    assertThat(run("status", "-c", settings.toString())).isZero();
    assertThat(out.toString()).startsWith("The daemon does not run");
    assertThat(run("-c", settings.toString(), "status", "--json")).isZero();
    assertThat(out.toString()).contains("\"running\" : false");
    assertThat(err.toString()).isEmpty();

    Files.writeString(directory.resolve("progress.yaml"), "broken");
    assertThat(run("status", "-c", settings.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("cesync: " + directory.resolve("progress.yaml"))
        .doesNotContain("\tat ");
  }

  @Test
  void statusNeedsNoSettingsIfTheStateIsNamed() {
    Path state = directory.resolve("other.yaml");
    new StateFile(state).save(State.EMPTY);

    assertThat(run("status", "--state", state.toString(), "-c", "/nonexistent")).isZero();
  }

  @Test
  void wrongSettingsExitWithTwo() throws IOException {
    Files.writeString(settings, SETTINGS + "colour: red\n");

    assertThat(run("status", "-c", settings.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "cesync: " + settings + " has a problem:\n  " + settings + ":5:1 colour: unknown")
        .doesNotContain("\tat ");
  }

  @Test
  void aWrongCommandLineExitsWithTwo() {
    assertThat(run("statsu")).isEqualTo(2);
    assertThat(err.toString()).contains("cesync: ", "Try run.sh").doesNotContain("\tat ");
    assertThat(run("status", "--jsn")).isEqualTo(2);
  }

  @Test
  void helpAndVersionAreNoCommands() {
    assertThat(run("--help")).isZero();
    assertThat(run("help")).isZero();
    assertThat(run("status", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("Usage: run.sh", "cesync (not from a jar)", "--json");
  }

  @Test
  void aFailureThatNobodyCanMendShowsAllThereIs() {
    CommandLine commandLine =
        captured(
            Main.commandLine()
                .addSubcommand(new Failing(new UserError("Switch it on.")))
                .addSubcommand("broken", new Failing(new IllegalStateException("unheard of"))));

    assertThat(Main.execute(commandLine, "failing")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("cesync: Switch it on." + System.lineSeparator());
    assertThat(Main.execute(commandLine, "broken")).isEqualTo(1);
    assertThat(err.toString()).contains("please report it", "unheard of", "\tat ");
  }

  @Command(name = "failing")
  record Failing(RuntimeException failure) implements Runnable {
    @Override
    public void run() {
      throw failure;
    }
  }

  private int run(String... arguments) {
    return Main.execute(captured(Main.commandLine()), arguments);
  }

  private CommandLine captured(CommandLine commandLine) {
    return commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
  }
}
