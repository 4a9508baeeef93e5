package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * User-defined type, and tuple in a document: an object. In a key every field is there and absent
 * ones are null; in a document absent ones are left out.
 */
final class StructForm extends Form {
  private final SerializableString[] names;
  private final Form[] forms;
  private final Map<String, Integer> positions = new HashMap<>();
  private final boolean exact;

  /** With {@code exact} for keys. */
  StructForm(List<String> names, Form[] forms, boolean exact) {
    this.names = names.stream().map(SerializedString::new).toArray(SerializableString[]::new);
    this.forms = forms;
    this.exact = exact;
    for (String name : names) {
      positions.put(name, positions.size());
    }
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return Components.areNatural(bytes, at, length, forms, exact)
        && !(exact && positions.containsKey(Raw.MEMBER)); // it would read like raw bytes
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeStartObject();
    int end = at + length;
    int next = at;
    for (int i = 0; i < forms.length && next < end; i++) {
      int size = bytes.getInt(next);
      next += 4;
      if (size >= 0) {
        json.writeFieldName(names[i]);
        forms[i].write(bytes, next, size, json);
        next += size;
      } else if (exact) {
        json.writeFieldName(names[i]);
        json.writeNull();
      }
    }
    json.writeEndObject();
  }

  /** The current token may also be the one after the opening brace. */
  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      token = json.nextToken();
    } else if (token != JsonToken.FIELD_NAME && token != JsonToken.END_OBJECT) {
      throw Unreadable.expected("an object", json);
    }
    Bytes[] values = new Bytes[forms.length];
    for (; token == JsonToken.FIELD_NAME; token = json.nextToken()) {
      Integer position = positions.get(json.currentName());
      if (position == null && exact) {
        throw Unreadable.expected("one of the type's fields", json);
      }
      if (json.nextToken() == JsonToken.VALUE_NULL || position == null) {
        json.skipChildren();
      } else {
        values[position] = new Bytes();
        forms[position].read(json, values[position]);
      }
    }
    for (Bytes value : values) {
      if (value == null) {
        out.putInt(-1);
      } else {
        out.putInt(value.size()).put(value.copy());
      }
    }
  }
}
