package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;

/** boolean. */
final class BooleanForm extends Scalar {
  BooleanForm() {
    super("true or false");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 1 && (bytes.get(at) & ~1) == 0;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeBoolean(bytes.get(at) == 1);
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return bytes.get(at) == 1 ? "true" : "false";
  }

  @Override
  void parse(String text, Bytes out) {
    switch (text) {
      case "true" -> out.put(1);
      case "false" -> out.put(0);
      default -> throw new IllegalArgumentException();
    }
  }
}
