package io.cesync.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.state.DaemonState;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import io.cesync.state.StreamState;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The daemon as users run it: a process of its own, in a folder with {@code settings.yaml}. Not
 * thread-safe.
 */
public final class DaemonProcess implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(40);
  private static final Duration COMMAND = Duration.ofMinutes(3);

  /** The daemon runs in a folder of its own. */
  private static final String CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(entry -> Path.of(entry).toAbsolutePath().toString())
          .collect(Collectors.joining(File.pathSeparator));

  private final Path folder;
  private Process process;
  private ProcessGuard guard;

  /** Puts the settings into a folder that is there. */
  public DaemonProcess(Path folder, String settings) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("settings.yaml"), settings);
  }

  /**
   * Runs a command to its end.
   *
   * @return what it said
   * @throws DaemonFailure if it doesn't end with 0; with what it said
   */
  public String command(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve(arguments[0] + ".out");
    start(output, arguments);
    if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
    guard.close();
    String said = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new DaemonFailure(
          String.join(" ", arguments) + " ended with " + process.exitValue() + ":\n" + said);
    }
    return said;
  }

  /** Starts the daemon, on the state that is there. Its log goes on in the same file. */
  public void start() throws IOException {
    start(log(), "run");
  }

  private void start(Path output, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                CLASS_PATH,
                "io.cesync.cli.Main"));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    guard = ProcessGuard.of(process);
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    guard.close();
  }

  /**
   * SIGTERM, as an operator stops it.
   *
   * @return its exit code
   * @throws DaemonFailure if it doesn't end in time; it is killed then
   */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new DaemonFailure("the daemon did not stop within " + STOP + ":\n" + logTail());
    }
    guard.close();
    return process.exitValue();
  }

  /** What it said. */
  public Path log() {
    return folder.resolve("daemon.log");
  }

  /** The end of what it said. */
  public String logTail() {
    try {
      List<String> lines = Files.readAllLines(log(), UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it saved last of the changes of tables. */
  public Map<TableName, StreamState> state() {
    return state(Direction.CASSANDRA_TO_ELASTICSEARCH);
  }

  /** What it saved last of the changes of indices. */
  public Map<TableName, StreamState> searchState() {
    return state(Direction.ELASTICSEARCH_TO_CASSANDRA);
  }

  /** The URL of its status page, once it follows the tables. */
  Optional<String> page() {
    return saved().daemon().flatMap(DaemonState::page);
  }

  private State saved() {
    return new StateFile(folder.resolve("state.yaml")).load();
  }

  private Map<TableName, StreamState> state(Direction direction) {
    State state = saved();
    Map<TableName, StreamState> streams = new TreeMap<>();
    state.tables().keySet().forEach(t -> streams.put(t, state.stream(t, direction)));
    return streams;
  }

  /** Whether the first copy of so many tables is done, by what it saved last. */
  public boolean hasCopied(int tables) {
    return state().values().stream().filter(s -> s.snapshot().status() == Status.DONE).count()
        == tables;
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    if (isAlive()) {
      process.destroyForcibly();
      process.onExit().join();
    }
    if (guard != null) {
      guard.close();
    }
  }
}
