package io.cesync.cli;

import java.io.PrintWriter;

/** What a command prints. */
final class Output {

  private Output() {}

  /** Whether anybody still reads it, after flushing it: behind {@code | head} soon nobody does. */
  static boolean isRead(PrintWriter out) {
    // The standard output keeps failures to itself.
    return !out.checkError() && !System.out.checkError();
  }
}
