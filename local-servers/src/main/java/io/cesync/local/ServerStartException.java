package io.cesync.local;

/** A server could not be fetched or started; the message says why and names the log. */
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ServerStartException(String message) {
    super(message);
  }

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
