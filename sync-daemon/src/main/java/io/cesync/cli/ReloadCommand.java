package io.cesync.cli;

import io.cesync.UserError;
import io.cesync.daemon.ReloadOutcome;
import io.cesync.daemon.ReloadRequest;
import io.cesync.state.StateLock;
import java.io.PrintWriter;
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
  public Integer call() throws InterruptedException {
    Path stateFile = main.settings().stateFile();
    if (StateLock.holder(stateFile).isEmpty()) {
      throw noDaemon(stateFile);
    }
    long asked = System.currentTimeMillis();
    ReloadRequest.write(stateFile);
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
        "The daemon didn't answer within %d s; see its log. It takes new settings once it has reached both servers."
            .formatted(PATIENCE_SECONDS));
  }

  private static UserError noDaemon(Path stateFile) {
    return new UserError(
        "No daemon runs with %s. Start one, or restart it if state_file is what changed."
            .formatted(stateFile));
  }
}
