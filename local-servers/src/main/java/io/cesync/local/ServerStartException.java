package io.cesync.local;

/** A server could not be fetched or started; the message says why and names the log. */
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whether trying again with other ports may help. */
  final boolean portTaken;

  ServerStartException(String message) {
    this(message, false);
  }

  ServerStartException(String message, boolean portTaken) {
    super(message);
    this.portTaken = portTaken;
  }

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
    this.portTaken = false;
  }
}
