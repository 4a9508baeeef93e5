package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.deadletter.Letter;
import io.cesync.deadletter.LetterBox;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists dead letters: how many first, then each.")
final class LettersList implements Callable<Integer> {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHORT_REASON = 120;

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "keyspace.table; all if none.")
  private String table;

  @Option(names = "--json", description = "Prints JSON, one letter a line, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    Settings settings = parent.settings();
    List<TableSettings> tables = DeadLettersCommand.tables(settings, table);
    PrintWriter out = spec.commandLine().getOut();
    try (CqlSession session = DeadLettersCommand.open(settings)) {
      if (!json) {
        each(session, tables, (name, box, direction) -> count(name, box, direction, out));
      }
      each(session, tables, (name, box, direction) -> list(name, box, direction, out));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private interface Look {
    void at(TableName name, LetterBox box, Direction direction);
  }

  private static void each(CqlSession session, List<TableSettings> tables, Look look) {
    for (TableSettings settings : tables) {
      LetterBox box = DeadLettersCommand.box(session, settings.table());
      for (Direction direction : LetterBox.DIRECTIONS) {
        look.at(settings.table(), box, direction);
      }
    }
  }

  private static void count(TableName name, LetterBox box, Direction direction, PrintWriter out) {
    out.printf("%s %s: %d%n", name, direction, box.count(direction));
  }

  private void list(TableName name, LetterBox box, Direction direction, PrintWriter out) {
    Consumer<Letter> print =
        letter -> out.println(json ? json(name, letter) : text(name.toString(), letter));
    // checkError, so that it ends where nobody reads on
    box.letters(direction).takeWhile(letter -> !out.checkError()).forEach(print);
  }

  static String text(String name, Letter letter) {
    return "%s  %s  %s  %s  %s"
        .formatted(
            letter.since().truncatedTo(ChronoUnit.SECONDS),
            name,
            letter.direction(),
            letter.key(),
            shortened(letter.reason()));
  }

  static String shortened(String reason) {
    String line = reason.replaceAll("\\s+", " ");
    return line.length() <= SHORT_REASON ? line : line.substring(0, SHORT_REASON - 1) + "…";
  }

  private static String json(TableName name, Letter letter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", name.toString());
    json.put("direction", letter.direction());
    json.put("key", letter.key());
    json.put("since", letter.since().toString());
    json.put("reason", letter.reason());
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }
}
