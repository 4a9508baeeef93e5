package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/** tuple in a key: an array with null for an absent component. */
final class TupleForm extends Form {
  private final Form[] components;

  TupleForm(Form[] components) {
    this.components = components;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return Components.areNatural(bytes, at, length, components, true);
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeStartArray();
    int next = at;
    for (Form component : components) {
      int size = bytes.getInt(next);
      next += 4;
      if (size < 0) {
        json.writeNull();
      } else {
        component.write(bytes, next, size, json);
        next += size;
      }
    }
    json.writeEndArray();
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Unreadable.expected("an array", json);
    }
    for (Form component : components) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        out.putInt(-1);
      } else if (token == JsonToken.END_ARRAY) {
        throw Unreadable.expected(components.length + " components", json);
      } else {
        Elements.read(component, json, out);
      }
    }
    if (json.nextToken() != JsonToken.END_ARRAY) {
      throw Unreadable.expected(components.length + " components only", json);
    }
  }
}
