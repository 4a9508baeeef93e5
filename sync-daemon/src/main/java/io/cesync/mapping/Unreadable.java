package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** JSON that isn't a value of the CQL type it is read as. */
final class Unreadable extends IOException {
  Unreadable(String message) {
    super(message);
  }

  Unreadable(String message, Throwable cause) {
    super(message, cause);
  }

  static Unreadable expected(String what, JsonParser json) throws IOException {
    String found = json.currentToken() == null ? "nothing" : json.getText();
    return new Unreadable("expected " + what + ", found " + shortened(found));
  }

  static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
