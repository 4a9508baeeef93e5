package io.cesync.cli;

import io.cesync.background.BackgroundStop;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code stop}: ends the daemon in good order. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Stops the daemon, and waits until it has ended.")
final class StopCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private Options options;

  @Override
  public Integer call() throws InterruptedException {
    options.stop(main, spec);
    return CommandLine.ExitCode.OK;
  }

  /** How to stop. */
  static final class Options {
    @Option(
        names = "--stop-wait",
        paramLabel = "SECONDS",
        defaultValue = "40",
        description = "How long its good end may take (${DEFAULT-VALUE}).")
    private int wait;

    @Option(names = "--force", description = "Kills it if it hasn't ended by then.")
    private boolean force;

    void stop(Main main, CommandLine.Model.CommandSpec spec) throws InterruptedException {
      String said =
          BackgroundStop.stop(main.settings().stateFile(), Duration.ofSeconds(wait), force);
      spec.commandLine().getOut().println(said);
      spec.commandLine().getOut().flush();
    }
  }
}
