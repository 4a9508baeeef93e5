package io.cesync.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** The rules and the table don't go together; has every reason. */
public final class InvalidMappingException extends RuntimeException {
  private final transient List<MappingProblem> problems;

  InvalidMappingException(String table, List<MappingProblem> problems) {
    super(
        problems.stream()
            .map(MappingProblem::toString)
            .collect(Collectors.joining("\n  ", "table " + table + ":\n  ", "")));
    this.problems = List.copyOf(problems);
  }

  public List<MappingProblem> problems() {
    return problems;
  }
}
