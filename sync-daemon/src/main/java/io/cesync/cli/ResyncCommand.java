package io.cesync.cli;

import io.cesync.daemon.Resync;
import io.cesync.daemon.StopSignal;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code resync}: rebuilds the index of a table while it is in use. */
@Command(
    name = "resync",
    mixinStandardHelpOptions = true,
    description =
        "Rebuilds a table's index beside the present one, and puts it in that one's place, with no moment without it. Goes on where it was if it is run again.")
final class ResyncCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "The table, as keyspace.table.")
  private String table;

  @Option(
      names = "--drop-old",
      description =
          "Deletes the old index at the end. The first resync of an index needs it: its name becomes an alias.")
  private boolean dropOld;

  @Option(
      names = "--allow-fewer",
      description = "Goes on though the new index has far fewer documents than the old one.")
  private boolean allowFewer;

  @Option(
      names = "--follow-old",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long the old index of a two-way table is followed once applications were sent to the new one, for writes that were under way (${DEFAULT-VALUE}).")
  private int followOld;

  @Option(
      names = "--abort",
      description = "Gives up a resync that isn't done: deletes what it has built.")
  private boolean abort;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = main.settings();
    TableSettings of = table(settings);
    PrintWriter out = spec.commandLine().getOut();
    StopSignal stop = new StopSignal();
    Resync resync =
        new Resync(
            settings,
            of,
            new Resync.Options(dropOld, allowFewer, Duration.ofSeconds(followOld)),
            stop,
            Clock.systemUTC(),
            line -> {
              out.println(line);
              out.flush();
            });
    if (abort) {
      resync.abort();
      return CommandLine.ExitCode.OK;
    }
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger exitCode = new AtomicInteger(CommandLine.ExitCode.SOFTWARE);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RunCommand.stopInGoodOrder(stop, ended, exitCode), "cesync-stop"));
    try {
      exitCode.set(resync.run() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
      return exitCode.get();
    } finally {
      ended.countDown();
    }
  }

  private TableSettings table(Settings settings) {
    TableName name;
    try {
      name = TableName.parse(table);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "TABLE must be " + e.getMessage());
    }
    return settings.tables().stream()
        .filter(known -> known.table().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "%s is not in the settings; they have: %s"
                        .formatted(
                            name,
                            settings.tables().stream()
                                .map(known -> known.table().toString())
                                .collect(Collectors.joining(", ")))));
  }
}
