package io.cesync.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.UserError;
import io.cesync.connect.SearchConnection;
import io.cesync.daemon.Connections;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.Settings;
import io.cesync.snapshot.TokenSplit;
import io.cesync.verify.Report;
import io.cesync.verify.TableResult;
import io.cesync.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
      description = "Where to write all differences, one JSON object a line.")
  private Path output;

  @Option(
      names = "--repair",
      description =
          "Has the daemon, which must be running, look at each key that differs, and then looks"
              + " again.")
  private boolean repair;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = main.settings();
    PrintWriter out = spec.commandLine().getOut();
    boolean equal = true;
    try (Connections servers = Connections.open(settings);
        PrintWriter lines = lines()) {
      Verifier verifier =
          new Verifier(servers.session(), servers.client(), settings, Clock.systemUTC());
      for (TableFacts table : verifier.tables(names)) {
        TableResult result = verify(verifier, table);
        Report.text(result, out);
        out.flush();
        Report.json(result, lines);
        equal &= result.isEqual();
      }
      if (lines.checkError()) {
        throw new UserError(output + " can't be written to.");
      }
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
    return equal ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private TableResult verify(Verifier verifier, TableFacts table)
      throws IOException, InterruptedException {
    if (!Boolean.getBoolean("cesync.terminal")) {
      return verifier.verify(table, repair, () -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(table.settings().table().toString())
            .setInitialMax(TokenSplit.PARTS)
            .setStyle(ProgressBarStyle.ASCII)
            .build()) {
      return verifier.verify(table, repair, bar::step);
    }
  }

  private PrintWriter lines() {
    try {
      return output == null
          ? new PrintWriter(java.io.Writer.nullWriter())
          : new PrintWriter(Files.newBufferedWriter(output, UTF_8));
    } catch (IOException e) {
      throw new UserError("--output " + output + " can't be written: " + e, e);
    }
  }
}
