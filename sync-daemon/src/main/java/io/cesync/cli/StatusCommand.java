package io.cesync.cli;

import io.cesync.daemon.ResyncNews;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code status}: what {@code state.yaml} says, and whether a daemon runs. Needs no server. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says how far each table is, and whether the daemon runs.")
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--json", description = "Prints JSON, for programs.")
  private boolean json;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "The state file, instead of the one that the settings name.")
  private Path state;

  @Override
  public Integer call() {
    Path file = state != null ? state : main.settings().stateFile();
    State saved = new StateFile(file).load();
    Status status = new Status(saved, StateLock.holder(file), Clock.systemUTC().instant());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? StatusJson.of(status) : StatusTable.of(status));
    if (!json) {
      ResyncNews.of(saved, file).forEach(out::println);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
