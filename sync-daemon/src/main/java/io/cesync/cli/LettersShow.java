package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.connect.SearchConnection;
import io.cesync.daemon.Connections;
import io.cesync.deadletter.Letter;
import io.cesync.deadletter.LetterBox;
import io.cesync.inspect.NowOf;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows all of a key's dead letters, and the row and the document as they are now.")
final class LettersShow implements Callable<Integer> {

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TABLE", description = "keyspace.table")
  private String table;

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, as list prints it.")
  private String key;

  @Override
  public Integer call() {
    Settings settings = parent.settings();
    TableSettings named = DeadLettersCommand.tables(settings, table).get(0);
    PrintWriter out = spec.commandLine().getOut();
    DeadLettersCommand.open(settings).close();
    try (Connections servers = Connections.open(settings)) {
      for (Letter letter : find(servers.session(), named, key)) {
        out.printf("%s, refused %s%n", letter.direction(), letter.since());
        out.printf("  reason: %s%n", letter.reason());
        out.printf("  document: %s%n", letter.document().orElse("(not kept)"));
      }
      NowOf now = new NowOf(servers.session(), servers.client(), named);
      out.printf("The row now: %s%n", now.row(key).orElse("(none)"));
      out.printf("The document now: %s%n", now.document(key).orElse("(none)"));
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** A key's letters; one at least. */
  static List<Letter> find(CqlSession session, TableSettings table, String key) {
    LetterBox box = DeadLettersCommand.box(session, table.table());
    List<Letter> found = new ArrayList<>();
    for (Direction direction : LetterBox.DIRECTIONS) {
      Optional<Letter> letter = box.find(direction, key);
      letter.ifPresent(found::add);
    }
    if (found.isEmpty()) {
      throw new UserError(
          "No dead letter of "
              + table.table()
              + " has the key "
              + key
              + ". `./run.sh dead-letters list "
              + table.table()
              + "` tells those there are.");
    }
    return found;
  }
}
