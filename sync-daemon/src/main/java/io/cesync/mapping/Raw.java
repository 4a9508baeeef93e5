package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Serialised bytes as text, {@code 0x} and lower-case hex: for values that their natural JSON
 * wouldn't bring back.
 */
final class Raw {
  static final String MEMBER = "$raw";

  private Raw() {}

  static String text(ByteBuffer bytes, int at, int length) {
    return "0x" + HexFormat.of().formatHex(copy(bytes, at, length));
  }

  /** Throws IllegalArgumentException if it isn't such a text. */
  static byte[] parse(String text) {
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException("no 0x in front");
    }
    return HexFormat.of().parseHex(text, 2, text.length());
  }

  static byte[] copy(ByteBuffer bytes, int at, int length) {
    byte[] copy = new byte[length];
    bytes.get(at, copy);
    return copy;
  }

  static void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField(MEMBER, text(bytes, at, length));
    json.writeEndObject();
  }

  /** Reads a string's bytes. */
  static byte[] read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw Unreadable.expected("0x and hex digits", json);
    }
    try {
      return parse(json.getText());
    } catch (IllegalArgumentException e) {
      throw new Unreadable("expected 0x and hex digits, found " + json.getText(), e);
    }
  }
}
