package io.cesync.demo;

/** The daemon didn't do what it should; the message has what it said. */
public final class DaemonFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  DaemonFailure(String message) {
    super(message);
  }
}
