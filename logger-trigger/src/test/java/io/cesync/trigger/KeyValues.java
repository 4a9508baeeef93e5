package io.cesync.trigger;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Hard values of every type that a key may have.
 *
 * @param cql the type
 * @param values Java objects for the driver's codecs, or {@link Raw}
 */
record KeyValues(String cql, List<?> values) {
  /** Serialised bytes, in hexadecimal. */
  record Raw(String hex) {}

  ByteBuffer serialized(int index, DataType type) {
    Object value = values.get(index % values.size());
    if (value instanceof Raw raw) {
      return Bytes.fromHexString("0x" + raw.hex);
    }
    return CodecRegistry.DEFAULT.codecFor(type, value).encode(value, ProtocolVersion.DEFAULT);
  }

  static List<KeyValues> scalars() {
    return List.of(
        of("ascii", "", "a\"b\\c/", "\b\t\n\f\r\u0001\u001f", "~\u007f"),
        of("text", "", "é✓😀", "\u0000", "{\"p\":1}", "\u2028 \u0085", " "),
        of("tinyint", (byte) 0, Byte.MIN_VALUE, Byte.MAX_VALUE),
        of("smallint", (short) 0, Short.MIN_VALUE, Short.MAX_VALUE),
        of("int", 0, Integer.MIN_VALUE, Integer.MAX_VALUE, new Raw("")),
        of("bigint", 0L, Long.MIN_VALUE, Long.MAX_VALUE, new Raw("")),
        of(
            "varint",
            BigInteger.ZERO,
            BigInteger.ONE.negate(),
            BigInteger.TWO.pow(200).negate(),
            BigInteger.valueOf(128),
            new Raw("0001"),
            new Raw("ffff")),
        of("boolean", true, false, new Raw("")),
        of(
            "float",
            -0.0f,
            0.0f,
            1.1f,
            Float.NaN,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            Float.MIN_VALUE,
            new Raw("7fc00001"),
            new Raw("")),
        of(
            "double",
            -0.0,
            0.0,
            0.1,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            new Raw("fff8000000000000"),
            new Raw("")),
        of(
            "decimal",
            new BigDecimal("1.0"),
            new BigDecimal("1.00"),
            new BigDecimal("1E+1000"),
            new BigDecimal("-0.00001"),
            new BigDecimal("1E-400"),
            new Raw("0000000000ff"),
            new Raw("")),
        of("blob", bytes(""), bytes("00ff7f80"), bytes("22")),
        of("uuid", new UUID(0, 0), new UUID(-1, -1), UUID.randomUUID()),
        of("timeuuid", UUID.fromString("ABCDEF01-1234-11ee-8000-0123456789ab"), new Raw("")),
        of(
            "inet",
            inet(1, 2, 3, 4),
            inet(new int[16]),
            new Raw("00000000000000000000ffff01020304")),
        of(
            "date",
            LocalDate.EPOCH,
            LocalDate.of(-44, 3, 15),
            LocalDate.of(12345, 1, 1),
            new Raw("00000000"),
            new Raw("ffffffff")),
        of("time", LocalTime.MIN, LocalTime.MAX, LocalTime.of(1, 2, 3, 4)),
        of(
            "timestamp",
            Instant.EPOCH,
            Instant.ofEpochMilli(-1),
            Instant.ofEpochMilli(Long.MIN_VALUE),
            Instant.ofEpochMilli(Long.MAX_VALUE),
            new Raw("")));
  }

  /** {@code kind} must be a UDT of n int, t text. */
  static List<KeyValues> composites() {
    return List.of(
        of("frozen<list<text>>", List.of(), List.of("", "b", "a\n")),
        of("frozen<set<double>>", new LinkedHashSet<>(List.of(-0.0, 0.0, Double.NaN))),
        of("frozen<map<int, boolean>>", new LinkedHashMap<>(Map.of(3, true)), Map.of()),
        of(
            "frozen<tuple<int, text, decimal>>",
            new Raw("00000004000000050000000178" + "00000006" + "000000020064"),
            new Raw("ffffffff00000000ffffffff"),
            new Raw("0000000400000005"),
            new Raw("0000000400000005ffffffff00000000")),
        of(
            "frozen<kind>",
            new Raw("00000004000000050000000178"),
            new Raw("ffffffffffffffff"),
            new Raw("0000000400000005")),
        of("frozen<list<frozen<map<int, inet>>>>", List.of(Map.of(1, inet(127, 0, 0, 1)))));
  }

  /** From Cassandra 5.0. */
  static List<KeyValues> vectors() {
    return List.of(
        of("vector<float, 2>", new Raw("3f80000080000000"), new Raw("7fc000007fc00001")),
        of("vector<text, 2>", new Raw("017800"), new Raw(longTextVector())));
  }

  /** Two texts of 200 and no bytes; the length of the first takes two. */
  private static String longTextVector() {
    return "80c8" + "61".repeat(200) + "00";
  }

  private static KeyValues of(String cql, Object... values) {
    return new KeyValues(cql, new ArrayList<>(List.of(values)));
  }

  private static ByteBuffer bytes(String hex) {
    return Bytes.fromHexString("0x" + hex);
  }

  private static InetAddress inet(int... bytes) {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      address[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
