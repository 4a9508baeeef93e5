package io.cesync.settings;

import io.cesync.yaml.Declared;
import io.cesync.yaml.Key;
import io.cesync.yaml.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents that are made of the declarations: {@code settings.yaml} and the table in the
 * README.
 */
final class SettingsDocs {
  private static final int WIDTH = 100;

  private static final String HEADER =
      """
      # Every setting. What stands behind a # is the default, or an example where it says so; what doesn't
      # must be given.
      #
      # ${NAME} in a value stands for an environment variable, ${file:/path} for what a file holds: keep
      # secrets there. $${ stands for a plain ${. Durations have a unit (ms, s, m, h, d), sizes too
      # (B, KiB, MiB, GiB). ./run.sh check tests all of it.
      """;

  private SettingsDocs() {}

  static String yaml() {
    StringBuilder yaml = new StringBuilder(HEADER);
    for (Key key : Key.of(Settings.class)) {
      yaml.append('\n');
      append(yaml, key, "", "");
    }
    return yaml.toString();
  }

  private static void append(StringBuilder yaml, Key key, String indent, String dash) {
    wrapped(text(key), WIDTH - indent.length() - 2)
        .forEach(line -> yaml.append(indent).append("# ").append(line).append('\n'));
    String keyIndent = indent + dash;
    if (key.shape() instanceof Shape.Section section) {
      yaml.append(keyIndent).append(key.name()).append(":\n");
      String inner = " ".repeat(keyIndent.length()) + "  ";
      Key.of(section.type()).forEach(part -> append(yaml, part, inner, ""));
    } else if (key.shape() instanceof Shape.ListOf list
        && list.element() instanceof Shape.Section s) {
      yaml.append(keyIndent).append(key.name()).append(":\n");
      List<Key> parts = Key.of(s.type());
      append(yaml, parts.get(0), indent + "  ", "- ");
      parts.stream().skip(1).forEach(part -> append(yaml, part, indent + "    ", ""));
    } else {
      String value =
          key.required() || isEmpty(key) ? example(key) : key.defaultText().orElseThrow();
      yaml.append(keyIndent).append(key.required() ? "" : "# ");
      yaml.append(key.name()).append(": ").append(value);
      yaml.append(isEmpty(key) && !key.required() ? "  # an example\n" : "\n");
    }
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** A row for each setting, sections in order. */
  static String table() {
    StringBuilder table = new StringBuilder("| setting | type | default | |\n|---|---|---|---|\n");
    Key.of(Settings.class).forEach(key -> row(table, key, ""));
    return table.toString();
  }

  private static void row(StringBuilder table, Key key, String path) {
    String name = path + key.name();
    if (key.shape() instanceof Shape.Section section) {
      Key.of(section.type()).forEach(part -> row(table, part, name + "."));
    } else if (key.shape() instanceof Shape.ListOf list
        && list.element() instanceof Shape.Section s) {
      Key.of(s.type()).forEach(part -> row(table, part, name + "[]."));
    } else {
      String standard =
          key.required() ? "required" : key.defaultText().map(text -> "`" + text + "`").orElse("");
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(name, type(key), standard, text(key).replace("<", "&lt;")));
    }
  }

  static String type(Key key) {
    Declared declared = key.declared().orElseThrow();
    String range =
        key.shape() instanceof Shape.ListOf || declared.min().isEmpty()
            ? ""
            : ", " + declared.min() + " to " + declared.max();
    return type(key.shape()) + range;
  }

  private static String type(Shape shape) {
    if (shape instanceof Shape.Scalar scalar) {
      return SettingTypes.in(Path.of("")).of(scalar.type()).name();
    }
    if (shape instanceof Shape.ListOf list) {
      return "list of " + type(list.element());
    }
    return "map";
  }

  private static String text(Key key) {
    return key.declared().orElseThrow().text();
  }

  private static boolean isEmpty(Key key) {
    return List.of("", "{}", "[]").contains(key.defaultText().orElse(""));
  }

  private static String example(Key key) {
    return key.declared().orElseThrow().example();
  }
}
