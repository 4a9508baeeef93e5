package io.cesync.mapping;

/** A document with a value that its column can't hold: the message says which and why. */
public final class InvalidDocumentException extends Exception {
  InvalidDocumentException(String field, Throwable cause) {
    super("field " + field + ": " + cause.getMessage(), cause);
  }

  InvalidDocumentException(String field, String reason) {
    super("field " + field + ": " + reason);
  }
}
