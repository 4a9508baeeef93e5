package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * map in a document: an object whose members are named like the keys. If the key type has no text,
 * or if a map has a key that Elasticsearch wouldn't take for a name, then an array of {@code
 * {"key":…,"value":…}}.
 */
final class MapForm extends Form {
  /**
   * In characters. Elasticsearch makes one term of a name and its value, and a term is 32,766 bytes
   * at most.
   */
  static final int LONGEST_NAME = 512;

  /**
   * Of a key's bytes. Longer ones can't be searched anyway, and as a value in an array they could
   * be too long for a term, too.
   */
  private static final int LONGEST_KEY = 8191;

  private final Form key;
  private final Form value;

  MapForm(Form key, Form value) {
    this.key = key;
    this.value = value;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return Elements.areNatural(bytes, at, length, key, value)
        && (!(key instanceof Scalar) || longestKey(bytes, at) <= LONGEST_KEY);
  }

  private static int longestKey(ByteBuffer bytes, int at) {
    int longest = 0;
    int next = at + 4;
    for (int i = bytes.getInt(at); i > 0; i--) {
      int size = bytes.getInt(next);
      longest = Math.max(longest, size);
      next += 4 + size;
      next += 4 + bytes.getInt(next);
    }
    return longest;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    int count = bytes.getInt(at);
    String[] names = key instanceof Scalar scalar ? names(scalar, bytes, at, count) : null;
    int next = at + 4;
    if (names == null) {
      json.writeStartArray();
    } else {
      json.writeStartObject();
    }
    for (int i = 0; i < count; i++) {
      int size = bytes.getInt(next);
      if (names == null) {
        json.writeStartObject();
        json.writeFieldName("key");
        key.write(bytes, next + 4, size, json);
        json.writeFieldName("value");
      } else {
        json.writeFieldName(names[i]);
      }
      next += 4 + size;
      size = bytes.getInt(next);
      value.write(bytes, next + 4, size, json);
      next += 4 + size;
      if (names == null) {
        json.writeEndObject();
      }
    }
    if (names == null) {
      json.writeEndArray();
    } else {
      json.writeEndObject();
    }
  }

  /** The keys as names, null if not all of them can be. */
  private static String[] names(Scalar key, ByteBuffer bytes, int at, int count) {
    String[] names = new String[count];
    int next = at + 4;
    for (int i = 0; i < count; i++) {
      int size = bytes.getInt(next);
      names[i] = key.text(bytes, next + 4, size);
      if (names[i].isBlank() || names[i].length() > LONGEST_NAME || names[i].indexOf('\0') >= 0) {
        return null;
      }
      next += 4 + size;
      next += 4 + bytes.getInt(next);
    }
    return names;
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    int countAt = out.reserveInt();
    int count = 0;
    if (json.currentToken() == JsonToken.START_OBJECT && key instanceof Scalar scalar) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        int lengthAt = out.reserveInt();
        scalar.readText(json.currentName(), out);
        out.endLength(lengthAt);
        json.nextToken();
        Elements.read(value, json, out);
        count++;
      }
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        readEntry(json, out);
        count++;
      }
    } else if (json.currentToken() == JsonToken.START_OBJECT) {
      readEntry(json, out);
      count = 1;
    } else {
      throw Unreadable.expected("an object, or an array of {key, value}", json);
    }
    out.setInt(countAt, count);
  }

  private void readEntry(JsonParser json, Bytes out) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Unreadable.expected("an object with key and value", json);
    }
    Bytes keyBytes = new Bytes();
    Bytes valueBytes = new Bytes();
    boolean hasKey = false;
    boolean hasValue = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("key")) {
        hasKey = true;
        key.read(json, keyBytes);
      } else if (name.equals("value")) {
        hasValue = true;
        value.read(json, valueBytes);
      } else {
        json.skipChildren();
      }
    }
    if (!hasKey || !hasValue) {
      throw new Unreadable("expected both key and value");
    }
    out.putInt(keyBytes.size()).put(keyBytes.copy());
    out.putInt(valueBytes.size()).put(valueBytes.copy());
  }
}
