package io.cesync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.deadletter.Letter;
import io.cesync.deadletter.LetterBox;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists dead letters: since when, table, direction, key, and the reason.")
final class LettersList implements Callable<Integer> {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHORT_REASON = 240;

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "The tables, as keyspace.table; all if none.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Prints JSON, one letter a line, for programs.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = parent.settings();
    List<TableSettings> tables =
        names.isEmpty()
            ? settings.tables()
            : names.stream().map(name -> NamedTable.of(name, settings, spec)).toList();
    PrintWriter out = spec.commandLine().getOut();
    return DeadLettersCommand.connected(
        settings,
        session -> {
          long listed = 0;
          for (TableSettings table : tables) {
            listed += list(table.table(), DeadLettersCommand.box(session, table.table()), out);
          }
          if (!json) {
            out.println(listed == 0 ? "No dead letters." : letters(listed) + ".");
          }
          out.flush();
          return CommandLine.ExitCode.OK;
        });
  }

  private long list(TableName table, LetterBox box, PrintWriter out) {
    Stream<Letter> letters = LetterBox.DIRECTIONS.stream().flatMap(box::letters);
    long listed = 0;
    for (Iterator<Letter> each = letters.iterator(); each.hasNext() && Output.isRead(out); ) {
      Letter letter = each.next();
      out.println(json ? json(table, letter) : text(table, letter));
      listed++;
    }
    return listed;
  }

  static String letters(long number) {
    return number == 1 ? "1 dead letter" : number + " dead letters";
  }

  static String text(TableName table, Letter letter) {
    return "%s  %s  %s  %s  %s"
        .formatted(
            letter.since().truncatedTo(ChronoUnit.SECONDS),
            table,
            letter.direction(),
            letter.key(),
            shortened(letter.reason()));
  }

  static String shortened(String reason) {
    String line = reason.replaceAll("\\s+", " ");
    return line.length() <= SHORT_REASON ? line : line.substring(0, SHORT_REASON - 1) + "…";
  }

  /** The key is text: that is what the other commands take. */
  private static String json(TableName table, Letter letter) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("table", table.toString());
    json.put("direction", letter.direction());
    json.put("key", letter.key());
    json.put("since", letter.since().toString());
    json.put("reason", letter.reason());
    return json.toString();
  }
}
