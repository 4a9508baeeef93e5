package io.cesync;

/**
 * A failure that the person who runs cesync can mend: its message says what is wrong and what to
 * do. The command line prints the message alone, without a stack trace; the cause is logged at
 * DEBUG.
 */
public class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
