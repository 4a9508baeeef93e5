package io.cesync.trigger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/** {@link ValueJson} of the types that are not made of others. */
final class ScalarJson {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private ScalarJson() {}

  static boolean ascii(ByteBuffer value, JsonBytes json) {
    for (int i = value.position(); i < value.limit(); i++) {
      if (value.get(i) < 0) {
        return false;
      }
    }
    return json.string(value);
  }

  static boolean blob(ByteBuffer value, JsonBytes json) {
    json.blob(value);
    return true;
  }

  static boolean bool(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 1) {
      return false;
    }
    byte b = first(value);
    if (b != 0 && b != 1) {
      return false;
    }
    json.ascii(b == 1 ? "true" : "false");
    return true;
  }

  static boolean int8(ByteBuffer value, JsonBytes json) {
    return value.remaining() == 1 && integer(first(value), json);
  }

  static boolean int16(ByteBuffer value, JsonBytes json) {
    return value.remaining() == 2 && integer(value.getShort(value.position()), json);
  }

  static boolean int32(ByteBuffer value, JsonBytes json) {
    return value.remaining() == 4 && integer(value.getInt(value.position()), json);
  }

  static boolean int64(ByteBuffer value, JsonBytes json) {
    return value.remaining() == 8 && integer(value.getLong(value.position()), json);
  }

  private static boolean integer(long value, JsonBytes json) {
    json.ascii(Long.toString(value));
    return true;
  }

  static boolean varint(ByteBuffer value, JsonBytes json) {
    if (!isMinimal(value)) {
      return false;
    }
    json.ascii(new BigInteger(Buffers.bytes(value)).toString());
    return true;
  }

  /** The scale in four bytes, then the unscaled value as a varint. */
  static boolean decimal(ByteBuffer value, JsonBytes json) {
    if (value.remaining() < 5) {
      return false;
    }
    int at = value.position();
    ByteBuffer unscaled = Buffers.slice(value, at + 4, value.remaining() - 4);
    if (!isMinimal(unscaled)) {
      return false;
    }
    BigDecimal decimal = new BigDecimal(new BigInteger(Buffers.bytes(unscaled)), value.getInt(at));
    String text = decimal.toString();
    if (Math.abs((long) decimal.scale()) > Integer.MAX_VALUE / 2 && !isReadable(text)) {
      return false;
    }
    json.quoted(text);
    return true;
  }

  /** Near the ends of an int, BigDecimal prints exponents that it cannot read. */
  private static boolean isReadable(String decimal) {
    try {
      return new BigDecimal(decimal).toString().equals(decimal);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether it is as BigInteger writes it: other forms of the same number are other keys. */
  private static boolean isMinimal(ByteBuffer varint) {
    int size = varint.remaining();
    if (size <= 1) {
      return size == 1;
    }
    byte b = first(varint);
    boolean nextNegative = varint.get(varint.position() + 1) < 0;
    return !(b == 0 && !nextNegative) && !(b == -1 && nextNegative);
  }

  static boolean float32(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 4) {
      return false;
    }
    int bits = value.getInt(value.position());
    float number = Float.intBitsToFloat(bits);
    if (Float.isFinite(number)) {
      json.ascii(Float.toString(number));
      return true;
    }
    json.quoted(Float.toString(number));
    return bits == Float.floatToIntBits(number); // there are many NaNs
  }

  static boolean float64(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 8) {
      return false;
    }
    long bits = value.getLong(value.position());
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      json.ascii(Double.toString(number));
      return true;
    }
    json.quoted(Double.toString(number));
    return bits == Double.doubleToLongBits(number);
  }

  static boolean uuid(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 16) {
      return false;
    }
    int at = value.position();
    json.add('"').hex(value, at, 4).add('-').hex(value, at + 4, 2).add('-');
    json.hex(value, at + 6, 2).add('-').hex(value, at + 8, 2).add('-').hex(value, at + 10, 6);
    json.add('"');
    return true;
  }

  static boolean inet(ByteBuffer value, JsonBytes json) {
    byte[] bytes = Buffers.bytes(value);
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      json.quoted(address.getHostAddress());
      return Arrays.equals(address.getAddress(), bytes); // not if an IPv4 address in IPv6 form
    } catch (UnknownHostException e) {
      return false; // neither 4 nor 16 bytes
    }
  }

  /** Days as an unsigned int, 1970 in the middle. */
  static boolean date(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 4) {
      return false;
    }
    int days = value.getInt(value.position()) - Integer.MIN_VALUE;
    json.quoted(LocalDate.ofEpochDay(days).toString());
    return true;
  }

  /** Nanoseconds of the day. */
  static boolean time(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 8) {
      return false;
    }
    long nanos = value.getLong(value.position());
    if (nanos < 0 || nanos >= NANOS_PER_DAY) {
      return false;
    }
    long seconds = nanos / 1_000_000_000;
    json.add('"');
    digits(seconds / 3600, 2, json);
    digits(seconds / 60 % 60, 2, json.add(':'));
    digits(seconds % 60, 2, json.add(':'));
    digits(nanos % 1_000_000_000, 9, json.add('.'));
    json.add('"');
    return true;
  }

  /** Milliseconds since 1970. */
  static boolean timestamp(ByteBuffer value, JsonBytes json) {
    if (value.remaining() != 8) {
      return false;
    }
    json.quoted(Instant.ofEpochMilli(value.getLong(value.position())).toString());
    return true;
  }

  private static void digits(long number, int width, JsonBytes json) {
    String text = Long.toString(number);
    for (int i = text.length(); i < width; i++) {
      json.add('0');
    }
    json.ascii(text);
  }

  private static byte first(ByteBuffer value) {
    return value.get(value.position());
  }
}
