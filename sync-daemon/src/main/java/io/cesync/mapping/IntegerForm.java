package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** tinyint, smallint, int, bigint, counter: a JSON integer. */
final class IntegerForm extends Scalar {
  private final int size;

  /** With the size in bytes: 1, 2, 4 or 8. */
  IntegerForm(int size) {
    super("an integer of " + size * 8 + " bits");
    this.size = size;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == size;
  }

  private long value(ByteBuffer bytes, int at) {
    return switch (size) {
      case 1 -> bytes.get(at);
      case 2 -> bytes.getShort(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getLong(at);
    };
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeNumber(value(bytes, at));
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return Long.toString(value(bytes, at));
  }

  @Override
  void parse(String text, Bytes out) {
    long value = parse(text);
    if (value << (64 - 8 * size) >> (64 - 8 * size) != value) {
      throw new IllegalArgumentException("out of range");
    }
    switch (size) {
      case 1 -> out.put((int) value);
      case 2 -> out.putShort((int) value);
      case 4 -> out.putInt((int) value);
      default -> out.putLong(value);
    }
  }

  private static long parse(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return new BigDecimal(text).longValueExact(); // 1.0 and 1e3 are integers, too
    }
  }
}
