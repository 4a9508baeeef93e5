package io.cesync.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Where results go: {@code name.figure=value} lines on standard output, remarks to the other. */
final class Figures {
  private final PrintStream out;
  private final PrintStream remarks;

  Figures(PrintStream out, PrintStream remarks) {
    this.out = out;
    this.remarks = remarks;
  }

  void whole(String name, double value) {
    out.println(name + "=" + Math.round(value));
    out.flush();
  }

  /** With three digits after the point. */
  void exact(String name, double value) {
    out.println(name + "=" + String.format(Locale.ROOT, "%.3f", value));
    out.flush();
  }

  void note(String format, Object... arguments) {
    remarks.println(String.format(Locale.ROOT, format, arguments));
    remarks.flush();
  }
}
