package io.cesync.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.UserError;
import io.cesync.connect.SearchConnection;
import io.cesync.daemon.Connections;
import io.cesync.daemon.StopSignal;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.Settings;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import io.cesync.verify.Options;
import io.cesync.verify.Report;
import io.cesync.verify.StoppedException;
import io.cesync.verify.Surroundings;
import io.cesync.verify.TableResult;
import io.cesync.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code verify}: proves that tables and indices agree. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Compares every row with its document, value by value, and looks for documents without a"
            + " row; writes may go on.")
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      description = "The tables, as keyspace.table; all if none is given.")
  private List<String> names = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to write all differences, one JSON object a line; added to with --resume.")
  private Path output;

  @Option(
      names = "--repair",
      description =
          "Has the daemon, which must be running, look at each key that differs, and then looks"
              + " again.")
  private boolean repair;

  @Option(names = "--resume", description = "Goes on where an interrupted verify was.")
  private boolean resume;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      description = "Compares only so much of both sides, chosen at random.")
  private Double sample;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Most rows and documents a second, to be gentle; as fast as it goes without.")
  private int rate;

  @Override
  public Integer call() throws InterruptedException {
    if (sample != null && !(sample > 0 && sample <= 100)) {
      throw new ParameterException(
          spec.commandLine(), "--sample must be above 0 and at most 100, not " + sample);
    } else if (rate < 0) {
      throw new ParameterException(spec.commandLine(), "--rate must be above 0, not " + rate);
    }
    Settings settings = main.settings();
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger exitCode = new AtomicInteger(CommandLine.ExitCode.SOFTWARE);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RunCommand.stopInGoodOrder(stop, ended, exitCode), "cesync-stop"));
    try (Connections servers = Connections.open(settings);
        PrintWriter lines = lines()) {
      exitCode.set(verify(settings, servers, stop, lines));
      return exitCode.get();
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    } finally {
      ended.countDown();
    }
  }

  private int verify(Settings settings, Connections servers, StopSignal stop, PrintWriter lines)
      throws IOException, InterruptedException {
    Verifier verifier =
        new Verifier(
            servers.session(),
            servers.client(),
            settings,
            new Surroundings(
                Clock.systemUTC(),
                stop::await,
                () -> new StateFile(settings.stateFile()).load(),
                () -> StateLock.holder(settings.stateFile()).isPresent()),
            false);
    boolean equal = true;
    List<TableFacts> tables = verifier.tables(names);
    for (TableFacts table : tables) {
      try {
        TableResult result = verify(verifier, table, lines);
        print(Report.text(result));
        equal &= result.agrees();
      } catch (StoppedException e) {
        print(
            List.of(
                table.settings().table()
                    + ": stopped; ./run.sh verify --resume goes on from here"));
        return CommandLine.ExitCode.SOFTWARE;
      }
      if (lines.checkError()) {
        throw new UserError(output + " can't be written to.");
      }
    }
    for (TableFacts table : tables) {
      verifier.forget(table.settings());
    }
    return equal ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private TableResult verify(Verifier verifier, TableFacts table, PrintWriter lines)
      throws IOException, InterruptedException {
    Options options = Options.of(repair, resume, Optional.ofNullable(sample), rate);
    try (VerifyBar bar = new VerifyBar(table.settings().table().toString(), this::print)) {
      return verifier.verify(table, options, bar, found -> lines.println(Report.json(found)));
    }
  }

  private void print(List<String> text) {
    PrintWriter out = spec.commandLine().getOut();
    text.forEach(out::println);
    out.flush();
  }

  private PrintWriter lines() {
    try {
      return output == null
          ? new PrintWriter(Writer.nullWriter())
          : new PrintWriter(
              Files.newBufferedWriter(
                  output,
                  UTF_8,
                  StandardOpenOption.CREATE,
                  resume ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UserError("--output " + output + " can't be written: " + e, e);
    }
  }
}
