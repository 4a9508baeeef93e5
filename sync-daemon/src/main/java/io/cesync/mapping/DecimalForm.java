package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * decimal: {@code BigDecimal.toString()}, which keeps the scale, as a number up to some length,
 * else as a string.
 */
final class DecimalForm extends Scalar {
  private final int longestNumber;

  DecimalForm(int longestNumber) {
    super("a decimal number");
    this.longestNumber = longestNumber;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length > 4
        && VarintForm.isMinimal(bytes, at + 4, length - 4)
        && (Math.abs((long) bytes.getInt(at)) <= Integer.MAX_VALUE / 2
            || isReadable(bytes, at, length));
  }

  /** Near the ends of an int, BigDecimal prints exponents that it can't read. */
  private boolean isReadable(ByteBuffer bytes, int at, int length) {
    String text = text(bytes, at, length);
    try {
      return new BigDecimal(text).toString().equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    String text = text(bytes, at, length);
    if (text.length() <= longestNumber) {
      json.writeNumber(text);
    } else {
      json.writeString(text);
    }
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    int scale = bytes.getInt(at);
    BigDecimal value =
        length <= 4 + Long.BYTES
            ? BigDecimal.valueOf(VarintForm.longValue(bytes, at + 4, length - 4), scale)
            : new BigDecimal(new BigInteger(Raw.copy(bytes, at + 4, length - 4)), scale);
    return value.toString();
  }

  @Override
  void parse(String text, Bytes out) {
    BigDecimal value = new BigDecimal(text);
    out.putInt(value.scale()).put(value.unscaledValue().toByteArray());
  }
}
