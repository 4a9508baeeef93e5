package io.cesync.verify;

/** Comparing was stopped before its end. What was found so far is kept. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
