package io.cesync.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a comparison found. */
public record Compared(long rows, long documents, List<Difference> differences) {
  static final Compared NOTHING = new Compared(0, 0, List.of());

  Compared plus(Compared more) {
    List<Difference> all = new ArrayList<>(differences);
    all.addAll(more.differences);
    return new Compared(rows + more.rows, documents + more.documents, all);
  }

  public boolean equal() {
    return differences.isEmpty();
  }

  /** The first few differences, for people. */
  public String text(int most) {
    return differences.stream()
        .limit(most)
        .map(Difference::toString)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
