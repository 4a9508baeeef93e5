package io.cesync.mapping;

/** A text that is no key of the table: the message says where and why. */
public final class InvalidKeyException extends Exception {
  InvalidKeyException(String text, String reason) {
    super("not a key of this table: " + shortened(text) + ": " + reason);
  }

  InvalidKeyException(String text, String reason, Throwable cause) {
    super("not a key of this table: " + shortened(text) + ": " + reason, cause);
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
