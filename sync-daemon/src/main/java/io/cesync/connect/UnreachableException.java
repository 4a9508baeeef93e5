package io.cesync.connect;

import io.cesync.UserError;

/** A server doesn't answer. It may later. */
public final class UnreachableException extends UserError {
  private static final long serialVersionUID = 1;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
