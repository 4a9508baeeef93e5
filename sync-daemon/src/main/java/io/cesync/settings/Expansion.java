package io.cesync.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${file:/path}}; a doubled dollar sign stands for a plain one
 * before a brace. What is put in is not expanded again.
 */
final class Expansion {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> environment;
  private final Path directory;

  Expansion(Map<String, String> environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  /**
   * The text with its references replaced.
   *
   * @throws IllegalArgumentException whose message says what is missing
   */
  String expand(String text) {
    return text.contains("${")
        ? REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(valueOf(match)))
        : text;
  }

  private String valueOf(MatchResult match) {
    String reference = match.group(1);
    if (reference == null) {
      return "${";
    }
    if (!match.group().endsWith("}")) {
      throw new IllegalArgumentException("a ${ without its }; write $${ for a plain ${");
    }
    if (reference.startsWith("file:")) {
      return content(directory.resolve(reference.substring("file:".length())));
    }
    if (!NAME.matcher(reference).matches()) {
      throw new IllegalArgumentException(
          "${} must hold the name of an environment variable or file:/path");
    }
    String value = environment.get(reference);
    if (value == null) {
      throw new IllegalArgumentException(
          "the environment variable " + reference + " is not set; set it or write the value here");
    }
    return value;
  }

  private static String content(Path file) {
    try {
      // Editors and `echo` end a file with a line break that isn't part of the secret.
      return Files.readString(file).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the file " + file + " can't be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }
}
