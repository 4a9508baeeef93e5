package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * list, set: an array in stored order. One value alone is read like an array of it, as
 * Elasticsearch does.
 */
final class ArrayForm extends Form {
  private final Form element;

  ArrayForm(Form element) {
    this.element = element;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return Elements.areNatural(bytes, at, length, element);
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    int count = bytes.getInt(at);
    int next = at + 4;
    json.writeStartArray();
    for (int i = 0; i < count; i++) {
      int size = bytes.getInt(next);
      element.write(bytes, next + 4, size, json);
      next += 4 + size;
    }
    json.writeEndArray();
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      out.putInt(1);
      Elements.read(element, json, out);
      return;
    }
    int countAt = out.reserveInt();
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Elements.read(element, json, out);
      count++;
    }
    out.setInt(countAt, count);
  }
}
