package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;

/** A type whose values have a text each; by default that is written as a JSON string. */
abstract class Scalar extends Form {
  private final String name;

  /** With the type's name for messages, such as "an integer". */
  Scalar(String name) {
    this.name = name;
  }

  /** The text of natural bytes; different for different values. */
  abstract String text(ByteBuffer bytes, int at, int length);

  /**
   * May throw IllegalArgumentException, ArithmeticException or DateTimeException if the text isn't
   * one of this type.
   */
  abstract void parse(String text, Bytes out);

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeString(text(bytes, at, length));
  }

  @Override
  final void read(JsonParser json, Bytes out) throws IOException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      throw Unreadable.expected(name, json);
    }
    readText(json.getText(), out);
  }

  final void readText(String text, Bytes out) throws Unreadable {
    try {
      parse(text, out);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new Unreadable("expected " + name + ", found " + Unreadable.shortened(text), e);
    }
  }
}
