package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/** map in a key: an array of {@code [key,value]}. */
final class PairsForm extends Form {
  private final Form key;
  private final Form value;

  PairsForm(Form key, Form value) {
    this.key = key;
    this.value = value;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return Elements.areNatural(bytes, at, length, key, value);
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    int count = bytes.getInt(at);
    int next = at + 4;
    json.writeStartArray();
    for (int i = 0; i < count; i++) {
      json.writeStartArray();
      int size = bytes.getInt(next);
      key.write(bytes, next + 4, size, json);
      next += 4 + size;
      size = bytes.getInt(next);
      value.write(bytes, next + 4, size, json);
      next += 4 + size;
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Unreadable.expected("an array of [key,value]", json);
    }
    int countAt = out.reserveInt();
    int count = 0;
    while (json.nextToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      Elements.read(key, json, out);
      json.nextToken();
      Elements.read(value, json, out);
      if (json.nextToken() != JsonToken.END_ARRAY) {
        throw Unreadable.expected("the end of [key,value]", json);
      }
      count++;
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw Unreadable.expected("[key,value]", json);
    }
    out.setInt(countAt, count);
  }
}
