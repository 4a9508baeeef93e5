package io.cesync.verify;

import io.cesync.verify.TableResult.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Counts differences, keeps the first for people, and hands on all. Not thread-safe. */
final class Findings implements Consumer<Difference> {

  static final int MOST_LINES = 20;

  private final Consumer<Difference> all;
  private final List<String> lines = new ArrayList<>();
  private Found found = Found.NONE;

  Findings(Consumer<Difference> all) {
    this.all = all;
  }

  @Override
  public void accept(Difference difference) {
    found = found.plus(difference);
    if (lines.size() < MOST_LINES) {
      lines.add(Report.line(difference));
    }
    all.accept(difference);
  }

  /** Lines that come before. */
  void before(List<String> more) {
    lines.addAll(0, more);
  }

  Found found() {
    return found;
  }

  List<String> lines() {
    return lines;
  }
}
