package io.cesync.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code restart}: {@code stop}, if one runs, and {@code start}. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description = "Stops the daemon, if one runs, and starts it in the background.")
final class RestartCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private StopCommand.Options stop;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long the start may take (${DEFAULT-VALUE}).")
  private int wait;

  @Override
  public Integer call() throws InterruptedException {
    stop.stop(main, spec);
    StartCommand.start(main, spec, Duration.ofSeconds(wait));
    return CommandLine.ExitCode.OK;
  }
}
