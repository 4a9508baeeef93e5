package io.cesync.cli;

import io.cesync.background.BackgroundStart;
import io.cesync.settings.Settings;
import io.cesync.state.DaemonState;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code start}: the daemon, in the background; returns once it follows the tables. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Runs the daemon in the background; returns when it follows the tables.")
final class StartCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long it may take; then it is stopped again (${DEFAULT-VALUE}).")
  private int wait;

  @Override
  public Integer call() throws InterruptedException {
    start(main, spec, Duration.ofSeconds(wait));
    return CommandLine.ExitCode.OK;
  }

  static void start(Main main, CommandLine.Model.CommandSpec spec, Duration limit)
      throws InterruptedException {
    Settings settings = main.settings();
    DaemonState daemon = BackgroundStart.start(settings, main.settingsFile(), limit);
    spec.commandLine()
        .getOut()
        .printf(
            "The daemon runs (pid %d); its log is %s%s.%n",
            daemon.pid(),
            settings.log().file(),
            daemon.page().map(page -> ", its status page " + page).orElse(""));
    spec.commandLine().getOut().flush();
  }
}
