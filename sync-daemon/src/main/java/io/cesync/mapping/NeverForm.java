package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Types without a natural form in keys: always raw. */
final class NeverForm extends Form {
  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return false;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) {
    throw new IllegalStateException();
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    throw Unreadable.expected("an object with " + Raw.MEMBER, json);
  }
}
