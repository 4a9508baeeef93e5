package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.deadletter.LetterBox;
import io.cesync.deadletter.Requests;
import io.cesync.deadletter.Requests.Request;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters drop}. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Forgets letters: a key's, or a table's. The sides stay different there.")
final class LettersDrop implements Callable<Integer> {

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TABLE", description = "keyspace.table")
  private String table;

  @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "All if none.")
  private String key;

  @Option(names = "--yes", description = "Doesn't ask.")
  private boolean yes;

  @Override
  public Integer call() {
    Settings settings = parent.settings();
    TableSettings named = DeadLettersCommand.tables(settings, table).get(0);
    PrintWriter out = spec.commandLine().getOut();
    try (CqlSession session = DeadLettersCommand.open(settings)) {
      LetterBox box = DeadLettersCommand.box(session, named.table());
      long letters =
          key == null
              ? LetterBox.DIRECTIONS.stream().mapToLong(box::count).sum()
              : LettersShow.find(session, named, key).size();
      if (letters == 0) {
        out.println(named.table() + ": no dead letters.");
        out.flush();
        return CommandLine.ExitCode.OK;
      }
      String meaning =
          "%d dead letter(s) of %s: row and document stay different until one of them changes."
              .formatted(letters, named.table());
      if (!yes && !confirmed(meaning)) {
        throw new UserError("Nothing was dropped.");
      }
      for (Direction direction : LetterBox.DIRECTIONS) {
        if (key == null) {
          box.deleteAll(direction);
        } else {
          box.delete(direction, key);
        }
      }
      // A running daemon remembers which keys have letters.
      DeadLettersCommand.requests(session, named.table())
          .ask(new Request(key == null ? Requests.ALL : key, true), Clock.systemUTC().instant());
      out.println("Dropped " + meaning);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static boolean confirmed(String meaning) {
    Console console = System.console();
    if (console == null) {
      throw new UserError("Dropping asks on a terminal; here it needs --yes. " + meaning);
    }
    String answer = console.readLine("Drop %s Type yes to go on: ", meaning);
    return "yes".equals(answer);
  }
}
