package io.cesync.cli;

import io.cesync.deadletter.Letter;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;

/** What a person can do about a letter. */
final class LetterAdvice {

  private LetterAdvice() {}

  /**
   * The advice, as lines.
   *
   * @param isRow whether the key can be a row's
   */
  static String of(TableName table, Letter letter, boolean isRow) {
    boolean ofDocument = letter.direction().equals(Direction.ELASTICSEARCH_TO_CASSANDRA.toString());
    if (!isRow && !ofDocument) {
      return "What to do: an entry of the change log names no row of this table, so it can't be tried again. Once you know what wrote it:%n  %s"
          .formatted(command("drop", table, letter));
    }
    String mend;
    if (!isRow) {
      mend = "delete the document, or write it under the id that its key makes";
    } else if (ofDocument) {
      mend = "mend or delete the document, or add the column";
    } else {
      mend =
          "mend the row, or the index's mapping or settings (resync %s, where a mapping can't be changed)"
              .formatted(table);
    }
    return "What to do: %s; it is then tried again by itself.%n  %s  tries it now%n  %s  gives it up: the sides stay different"
        .formatted(mend, command("retry", table, letter), command("drop", table, letter));
  }

  private static String command(String command, TableName table, Letter letter) {
    return "./run.sh dead-letters %s %s %s"
        .formatted(command, quoted(table.toString()), quoted(letter.key()));
  }

  /** For a shell. */
  private static String quoted(String text) {
    return text.matches("[a-z0-9_.]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
