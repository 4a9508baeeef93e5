package io.cesync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * To Cassandra, clustering values of type decimal are the same if their numbers are: rows written
 * as 1.0 and as 1.00 are one row. So that they are one key here, they all stand for the form with
 * the fewest digits.
 */
final class ClusteringDecimal {

  /** Up to here a whole number keeps its zeros, as people write it. */
  private static final int MOST_ZEROS = 18;

  private ClusteringDecimal() {}

  /** The serialised number in its one form; what is no number stays as it is. */
  static ByteBuffer canonical(ByteBuffer value) {
    if (value.remaining() <= Integer.BYTES) {
      return value;
    }
    int scale = value.getInt(value.position());
    byte[] unscaled = new byte[value.remaining() - Integer.BYTES];
    value.duplicate().position(value.position() + Integer.BYTES).get(unscaled);
    try {
      BigDecimal number = new BigDecimal(new BigInteger(unscaled), scale).stripTrailingZeros();
      if (number.scale() < 0 && number.scale() >= -MOST_ZEROS) {
        number = number.setScale(0);
      }
      byte[] digits = number.unscaledValue().toByteArray();
      return ByteBuffer.allocate(Integer.BYTES + digits.length)
          .putInt(number.scale())
          .put(digits)
          .flip();
    } catch (ArithmeticException e) {
      return value; // the scale would leave the range of an int
    }
  }
}
