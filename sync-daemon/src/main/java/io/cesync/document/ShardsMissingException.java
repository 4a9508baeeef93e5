package io.cesync.document;

import java.io.IOException;

/** The server answered, but not for all of the index. */
final class ShardsMissingException extends IOException {
  private static final long serialVersionUID = 1;

  ShardsMissingException(String message) {
    super(message);
  }
}
