package io.cesync.mapping;

import com.datastax.oss.driver.internal.core.type.util.VIntCoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * vector: an array. Elements of a fixed size are serialised one after the other, others with their
 * length as a vint.
 */
final class VectorForm extends Form {
  private final Form element;
  private final int elementSize;
  private final int dimensions;

  /** With the elements' size in bytes, 0 if it isn't fixed. */
  VectorForm(Form element, int elementSize, int dimensions) {
    this.element = element;
    this.elementSize = elementSize;
    this.dimensions = dimensions;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    int end = at + length;
    int next = at;
    for (int i = 0; i < dimensions; i++) {
      long size = elementSize;
      if (size == 0) {
        size = next < end ? VIntCoding.getUnsignedVInt(bytes, next, end) : -1;
        int header = VIntCoding.computeUnsignedVIntSize(size);
        if (size >= 0
            && Integer.numberOfLeadingZeros((byte) ~bytes.get(next) & 0xff) - 23 != header) {
          return false; // longer than it need be
        }
        next += header;
      }
      if (size < 0 || size > end - next || !element.isNatural(bytes, next, (int) size)) {
        return false;
      }
      next += (int) size;
    }
    return next == end;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    int next = at;
    json.writeStartArray();
    for (int i = 0; i < dimensions; i++) {
      int size = elementSize;
      if (size == 0) {
        size = VIntCoding.getUnsignedVInt32(bytes, next);
        next += VIntCoding.computeUnsignedVIntSize(size);
      }
      element.write(bytes, next, size, json);
      next += size;
    }
    json.writeEndArray();
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Unreadable.expected("an array of " + dimensions, json);
    }
    int count = 0;
    Bytes value = new Bytes();
    for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
      value.clear();
      element.read(json, value);
      if (elementSize == 0) {
        ByteBuffer header = ByteBuffer.allocate(9);
        VIntCoding.writeUnsignedVInt32(value.size(), header);
        out.put(header.flip());
      } else if (value.size() != elementSize) {
        throw new Unreadable("an element has " + value.size() + " bytes instead of " + elementSize);
      }
      out.put(value.copy());
    }
    if (count != dimensions) {
      throw new Unreadable("expected " + dimensions + " elements, found " + count);
    }
  }
}
