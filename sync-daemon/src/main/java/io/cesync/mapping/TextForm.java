package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** ascii, text, varchar: the UTF-8 goes straight from the row into the document. */
final class TextForm extends Scalar {
  TextForm() {
    super("a string");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return Utf8.isValid(bytes, at, length);
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    if (bytes.hasArray()) {
      json.writeUTF8String(bytes.array(), bytes.arrayOffset() + at, length);
    } else {
      json.writeUTF8String(Raw.copy(bytes, at, length), 0, length);
    }
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return new String(Raw.copy(bytes, at, length), StandardCharsets.UTF_8);
  }

  @Override
  void parse(String text, Bytes out) {
    try {
      out.put(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("half a surrogate pair", e);
    }
  }
}
