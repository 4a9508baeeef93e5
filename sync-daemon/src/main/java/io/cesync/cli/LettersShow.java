package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.connect.SearchConnection;
import io.cesync.deadletter.Letter;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.inspect.NowOf;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.io.PrintWriter;
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
        "Shows a key's dead letter, the row and the document as they are now, and what to do.")
final class LettersShow implements Callable<Integer> {

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table, as keyspace.table.")
  private String name;

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, as list prints it.")
  private String key;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = parent.settings();
    TableSettings table = NamedTable.of(name, settings, spec);
    return DeadLettersCommand.connected(settings, session -> show(session, settings, table));
  }

  private int show(CqlSession session, Settings settings, TableSettings table) {
    PrintWriter out = spec.commandLine().getOut();
    var letters =
        LetterChoice.found(table.table(), DeadLettersCommand.box(session, table.table()), key);
    for (Letter letter : letters) {
      out.printf("%s  %s  %s%n", table.table(), letter.direction(), key);
      out.printf("  refused: %s%n", letter.since());
      out.printf("  reason: %s%n", letter.reason());
      out.printf("  what was refused: %s%n", letter.document().orElse("(not kept)"));
    }
    NowOf now = new NowOf(session, table);
    out.printf("The row now: %s%n", now.row(key).orElse("(none)"));
    out.printf("The document now: %s%n", document(settings, now));
    boolean isRow = now.isRow(key);
    letters.forEach(letter -> out.println(LetterAdvice.of(table.table(), letter, isRow)));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private String document(Settings settings, NowOf now) {
    try (SearchClient client = SearchConnection.open(settings.elasticsearch())) {
      SearchClient speaking = client.speaking(new Indices(client).version());
      return now.document(speaking, key).orElse("(none that a search finds)");
    } catch (IOException e) {
      return "? " + SearchConnection.failure(settings.elasticsearch(), e).getMessage();
    } catch (UserError e) {
      return "? " + e.getMessage();
    }
  }
}
