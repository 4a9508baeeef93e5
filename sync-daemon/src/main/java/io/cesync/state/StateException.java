package io.cesync.state;

import io.cesync.UserError;

/** The state can't be read, saved or locked; the message names the file and says what to do. */
public final class StateException extends UserError {
  private static final long serialVersionUID = 1;

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
