package io.cesync.inspect;

import io.cesync.UserError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was found.
 *
 * @param log empty if there is none that can be used, which is then a problem too
 * @param tables those without problems
 * @param problems everything that is wrong
 */
public record Inspection(Optional<LogFacts> log, List<TableFacts> tables, List<Problem> problems) {

  /**
   * This inspection, if it found no problem.
   *
   * @throws UserError with all problems
   */
  public Inspection orThrow() {
    if (!problems.isEmpty()) {
      throw new UserError(text());
    }
    return this;
  }

  /** All problems, one a line. */
  public String text() {
    return problems.stream()
        .map(p -> "  - " + p)
        .collect(
            Collectors.joining(
                "\n",
                problems.size() == 1 ? "1 problem:\n" : problems.size() + " problems:\n",
                ""));
  }
}
