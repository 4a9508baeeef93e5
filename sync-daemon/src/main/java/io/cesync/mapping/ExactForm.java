package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A form that can express any bytes: naturally, or else as {@code {"$raw":"0x…"}}. */
final class ExactForm extends Form {
  private final Form natural;

  ExactForm(Form natural) {
    this.natural = natural;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return true;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    if (natural.isNatural(bytes, at, length)) {
      natural.write(bytes, at, length, json);
    } else {
      Raw.write(bytes, at, length, json);
    }
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT
        && json.nextToken() == JsonToken.FIELD_NAME
        && json.currentName().equals(Raw.MEMBER)) {
      json.nextToken();
      out.put(Raw.read(json));
      if (json.nextToken() != JsonToken.END_OBJECT) {
        throw Unreadable.expected("nothing after " + Raw.MEMBER, json);
      }
    } else {
      natural.read(json, out); // a StructForm may be entered behind its brace
    }
  }
}
