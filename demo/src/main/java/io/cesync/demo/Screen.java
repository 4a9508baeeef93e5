package io.cesync.demo;

import java.io.PrintWriter;

/**
 * Lines for people. On a terminal one of them changes in place: that one goes to standard error, as
 * progress does, so that a pipe gets whole lines only. Confined to one thread.
 */
final class Screen {
  private static final long LINE_NANOS = 2_000_000_000L;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private int shown;
  private long lastLine = System.nanoTime() - LINE_NANOS;

  /**
   * @param terminal whether {@code err} is one
   */
  Screen(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** How long to wait until {@link #live} has something to do. */
  long periodMillis() {
    return terminal ? 250 : LINE_NANOS / 1_000_000;
  }

  void line(String text) {
    end();
    out.println(text);
    out.flush();
  }

  /** Replaces the live line, or writes a line now and then where there is no terminal. */
  void live(String text) {
    if (terminal) {
      err.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
      err.flush();
      shown = text.length();
    } else if (System.nanoTime() - lastLine >= LINE_NANOS * 9 / 10) {
      lastLine = System.nanoTime();
      out.println(text);
      out.flush();
    }
  }

  /** What is live now stays. */
  void end() {
    if (shown > 0) {
      err.println();
      err.flush();
      shown = 0;
    }
  }
}
