package io.cesync.cli;

import io.cesync.UserError;
import io.cesync.daemon.ReloadOutcome;
import io.cesync.state.PidFile;
import io.cesync.state.StateLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code reload}: has the running daemon take changed settings, and tells whether it did. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = "Has the running daemon take changed settings; says what changed, or all errors.")
final class ReloadCommand implements Callable<Integer> {
  /** More than asking two servers that don't answer, and draining, takes. */
  private static final long PATIENCE_SECONDS = 90;

  private static final long POLL_MILLIS = 50;

  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path stateFile = main.settings().stateFile();
    // Only the lock tells that a daemon runs: its pid may be another process's by now.
    if (StateLock.holder(stateFile).isEmpty()) {
      throw noDaemon(stateFile);
    }
    long asked = System.currentTimeMillis();
    signal(stateFile);
    ReloadOutcome outcome = await(stateFile, asked);
    boolean done = outcome.exitCode() == CommandLine.ExitCode.OK;
    PrintWriter to = done ? spec.commandLine().getOut() : spec.commandLine().getErr();
    to.println(
        done
            ? "The daemon has the settings:"
            : "cesync: the new settings are refused, those before stay in force:");
    outcome.text().forEach(line -> to.println("  " + line));
    to.flush();
    return outcome.exitCode();
  }

  private static void signal(Path stateFile) throws IOException, InterruptedException {
    Path file = PidFile.of(stateFile);
    String pid = Files.exists(file) ? Files.readString(file).strip() : "";
    if (!pid.matches("[1-9][0-9]*")) {
      throw new UserError("%s doesn't hold the daemon's pid; restart the daemon.".formatted(file));
    }
    Process kill = new ProcessBuilder("kill", "-HUP", pid).redirectErrorStream(true).start();
    String said = new String(kill.getInputStream().readAllBytes(), Charset.defaultCharset());
    if (kill.waitFor() != 0) {
      throw new UserError("The daemon can't be told to reload: " + said.strip());
    }
  }

  private static ReloadOutcome await(Path stateFile, long asked) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Optional<ReloadOutcome> outcome = ReloadOutcome.read(stateFile);
      if (outcome.isPresent() && outcome.get().begunMillis() >= asked) {
        return outcome.get();
      }
      if (StateLock.holder(stateFile).isEmpty()) {
        throw new UserError("The daemon ended before it had the new settings; see its log.");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new UserError(
        "The daemon didn't answer within %d s; see its log. It takes new settings once it has reached both servers, and not if it was started by nohup."
            .formatted(PATIENCE_SECONDS));
  }

  private static UserError noDaemon(Path stateFile) {
    return new UserError(
        "No daemon runs with %s. Start one, or restart it if state_file is what changed."
            .formatted(stateFile));
  }
}
