package io.cesync.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the statements of a file of {@code cql/}. */
final class CqlFile {
  private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|--[^\n]*|;|[^';-]+|-");

  private CqlFile() {}

  static List<String> statements(String name) {
    String text;
    try {
      text = Files.readString(Path.of("..", "cql", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      if (tokens.group().equals(";")) {
        statements.add(statement.toString().trim());
        statement.setLength(0);
      } else if (!tokens.group().startsWith("--")) {
        statement.append(tokens.group());
      }
    }
    return statements;
  }
}
