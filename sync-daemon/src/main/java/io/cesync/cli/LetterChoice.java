package io.cesync.cli;

import io.cesync.UserError;
import io.cesync.deadletter.Letter;
import io.cesync.deadletter.LetterBox;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which letters a command is about: one, a table's, or all. */
final class LetterChoice {

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TABLE",
      description = "The table, as keyspace.table.")
  private String table;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      description = "A letter's key, as list prints it; all of the table's letters if not given.")
  private String key;

  @Option(names = "--all", description = "The letters of all tables.")
  private boolean all;

  /**
   * The tables that are meant.
   *
   * @throws ParameterException if that isn't clear
   */
  List<TableSettings> tables(Settings settings) {
    if (all == (table != null)) {
      throw new ParameterException(
          spec.commandLine(), "Name a TABLE, and a KEY for a single letter, or say --all.");
    }
    return all ? settings.tables() : List.of(NamedTable.of(table, settings, spec));
  }

  /** Null if it isn't about a single one. */
  String key() {
    return key;
  }

  /** What is meant of a table's letters. Reads them page by page. */
  Stream<Letter> letters(LetterBox box) {
    return LetterBox.DIRECTIONS.stream()
        .flatMap(
            direction -> key == null ? box.letters(direction) : box.find(direction, key).stream());
  }

  /**
   * How many these are.
   *
   * @throws UserError if a single one is meant, and there is none
   */
  long count(TableName name, LetterBox box) {
    return key == null ? letters(box).count() : found(name, box, key).size();
  }

  /** A key's letters; one at least. */
  static List<Letter> found(TableName name, LetterBox box, String key) {
    List<Letter> found =
        LetterBox.DIRECTIONS.stream()
            .flatMap(direction -> box.find(direction, key).stream())
            .toList();
    if (found.isEmpty()) {
      throw new UserError(
          "No dead letter of %s has the key %s. ./run.sh dead-letters list %s shows those there are; quote keys, such as '{\"id\":1}'."
              .formatted(name, key, name));
    }
    return found;
  }
}
