package io.cesync.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;

/** All that is wrong with one file, to be told together. Not thread-safe. */
public final class Problems {
  private record Problem(int line, int column, String text) {}

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  public Problems(String file) {
    this.file = file;
  }

  void add(Mark mark, String path, String message) {
    String text = path.isEmpty() ? message : path + ": " + message;
    problems.add(new Problem(mark.getLine() + 1, mark.getColumn() + 1, text));
  }

  /** A problem of the file as a whole. */
  public void add(String message) {
    problems.add(new Problem(0, 0, message));
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** One line a problem, as {@code file:line:column message}, in the order of the file. */
  public List<String> lines() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .map(
            p ->
                p.line == 0
                    ? file + ": " + p.text
                    : "%s:%d:%d %s".formatted(file, p.line, p.column, p.text))
        .distinct()
        .toList();
  }

  /** "file has 2 problems:" and a line each; nothing if there are none. */
  public Optional<String> message() {
    List<String> lines = lines();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String head = lines.size() == 1 ? " has a problem:" : " has " + lines.size() + " problems:";
    return Optional.of(file + head + "\n  " + String.join("\n  ", lines));
  }
}
