package io.cesync.distribution;

import java.util.Arrays;
import java.util.List;

/**
 * A fenced block of the guide that is a command.
 *
 * @param line where it begins, counted from 1
 * @param section the headline above it
 * @param language {@code sh}, {@code cql} or {@code console}
 * @param exitCode that it is to end with, of {@code sh}
 * @param text what stands in it
 * @param output lines that its output must have, in this order; {@code …} stands for anything
 */
record Block(
    int line, String section, String language, int exitCode, String text, List<String> output) {

  /** The commands of a {@code console} block, or the lines of another. */
  List<String> lines() {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  Block withOutput(String expected) {
    return new Block(
        line, section, language, exitCode, text, Arrays.asList(expected.strip().split("\n")));
  }

  @Override
  public String toString() {
    return "OPERATING.md:" + line + " (" + section + ")\n" + text;
  }
}
