package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * varint: a JSON integer of any size; in documents a string where parsers refuse numbers of that
 * length.
 */
final class VarintForm extends Scalar {
  private final int longestNumber;

  VarintForm(int longestNumber) {
    super("an integer");
    this.longestNumber = longestNumber;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return isMinimal(bytes, at, length);
  }

  /**
   * Whether a two's complement number has no superfluous bytes in front: those would not come back.
   */
  static boolean isMinimal(ByteBuffer bytes, int at, int length) {
    return length == 1
        || (length > 1
            && !(bytes.get(at) == 0 && bytes.get(at + 1) >= 0)
            && !(bytes.get(at) == -1 && bytes.get(at + 1) < 0));
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    if (length <= Long.BYTES) {
      json.writeNumber(longValue(bytes, at, length));
      return;
    }
    String text = text(bytes, at, length);
    if (text.length() <= longestNumber) {
      json.writeNumber(text);
    } else {
      json.writeString(text);
    }
  }

  /** The value of up to eight bytes. */
  static long longValue(ByteBuffer bytes, int at, int length) {
    long value = bytes.get(at);
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (bytes.get(at + i) & 0xff);
    }
    return value;
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return new BigInteger(Raw.copy(bytes, at, length)).toString();
  }

  @Override
  void parse(String text, Bytes out) {
    out.put(new BigInteger(text).toByteArray());
  }
}
