package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each type looks like, of values that the driver has serialised. */
class FormExamplesTest {
  private static final TupleType TUPLE = DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT);
  private static final UserDefinedType UDT =
      Tables.udt(true, "x", DataTypes.INT, "y.z", DataTypes.TEXT);

  static Stream<Arguments> values() throws Exception {
    InetAddress v6 = InetAddress.getByName("2001:db8::1");
    TupleValue tuple = TUPLE.newValue(7, null);
    UdtValue udt = UDT.newValue(null, "b");
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", 2);
    return Stream.of(
        same(
            DataTypes.ASCII,
            "a\"\\/\b\t\n\f\r\u0001\u001f\u007f",
            "\"a\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001F\u007f\""),
        same(DataTypes.TEXT, "ß€\ud83d\ude00\u2028", "\"ß€\ud83d\ude00\u2028\""),
        same(DataTypes.TINYINT, Byte.MIN_VALUE, "-128"),
        same(DataTypes.SMALLINT, Short.MAX_VALUE, "32767"),
        same(DataTypes.INT, Integer.MIN_VALUE, "-2147483648"),
        same(DataTypes.BIGINT, Long.MIN_VALUE, "-9223372036854775808"),
        same(DataTypes.VARINT, new BigInteger("-9223372036854775809"), "-9223372036854775809"),
        example(DataTypes.DECIMAL, new BigDecimal("-1.50"), "\"-1.50\"", "-1.50"),
        example(DataTypes.DECIMAL, new BigDecimal("1E+400"), "\"1E+400\"", "1E+400"),
        same(DataTypes.FLOAT, 1.5f, "1.5"),
        same(DataTypes.FLOAT, Float.NaN, "\"NaN\""),
        same(DataTypes.DOUBLE, -0.0, "-0.0"),
        same(DataTypes.DOUBLE, 1e300, "1.0E300"),
        same(DataTypes.DOUBLE, Double.NEGATIVE_INFINITY, "\"-Infinity\""),
        same(DataTypes.BOOLEAN, true, "true"),
        example(DataTypes.BLOB, ByteBuffer.wrap(new byte[] {0, -1}), "\"0x00ff\"", "\"AP8=\""),
        same(DataTypes.UUID, new UUID(-1, 10), "\"ffffffff-ffff-ffff-0000-00000000000a\""),
        same(
            DataTypes.TIMEUUID,
            new UUID(0x1000, 1L << 63),
            "\"00000000-0000-1000-8000-000000000000\""),
        same(DataTypes.INET, InetAddress.getByName("192.0.2.1"), "\"192.0.2.1\""),
        same(DataTypes.INET, v6, "\"2001:db8:0:0:0:0:0:1\""),
        same(DataTypes.DATE, LocalDate.of(2026, 1, 31), "\"2026-01-31\""),
        same(DataTypes.DATE, LocalDate.ofEpochDay(Integer.MIN_VALUE), "\"-5877641-06-23\""),
        same(DataTypes.TIME, LocalTime.of(13, 0, 5, 7), "\"13:00:05.000000007\""),
        same(
            DataTypes.TIMESTAMP,
            Instant.parse("2026-01-31T01:02:03.004Z"),
            "\"2026-01-31T01:02:03.004Z\""),
        same(
            DataTypes.TIMESTAMP, Instant.parse("2026-01-31T00:00:00Z"), "\"2026-01-31T00:00:00Z\""),
        same(
            DataTypes.TIMESTAMP,
            Instant.ofEpochMilli(Long.MAX_VALUE),
            "\"+292278994-08-17T07:12:55.807Z\""),
        example(
            DataTypes.DURATION,
            CqlDuration.from("1mo2d3ns"),
            "{\"$raw\":\"0x020406\"}",
            "\"1mo2d3ns\""),
        example(
            DataTypes.DURATION,
            CqlDuration.newInstance(0, 0, 0),
            "{\"$raw\":\"0x000000\"}",
            "\"0ns\""),
        same(DataTypes.frozenListOf(DataTypes.INT), List.of(2, 1), "[2,1]"),
        same(DataTypes.frozenListOf(DataTypes.INT), List.of(), "[]"),
        same(
            DataTypes.frozenListOf(DataTypes.frozenListOf(DataTypes.TEXT)),
            List.of(List.of("a"), List.of()),
            "[[\"a\"],[]]"),
        example(
            DataTypes.frozenMapOf(DataTypes.TEXT, DataTypes.INT),
            map,
            "[[\"b\",1],[\"a\",2]]",
            "{\"b\":1,\"a\":2}"),
        example(
            DataTypes.frozenMapOf(DataTypes.TEXT, DataTypes.INT),
            Map.of("", 1),
            "[[\"\",1]]",
            "[{\"key\":\"\",\"value\":1}]"),
        example(
            DataTypes.frozenMapOf(DataTypes.BIGINT, DataTypes.BOOLEAN),
            Map.of(5L, true),
            "[[5,true]]",
            "{\"5\":true}"),
        example(
            DataTypes.frozenMapOf(DataTypes.frozenListOf(DataTypes.INT), DataTypes.INT),
            Map.of(List.of(1), 2),
            "[[[1],2]]",
            "[{\"key\":[1],\"value\":2}]"),
        example(TUPLE, tuple, "[7,null]", "{\"0\":7}"),
        example(UDT, udt, "{\"x\":null,\"y.z\":\"b\"}", "{\"y_z\":\"b\"}"),
        same(
            DataTypes.vectorOf(DataTypes.FLOAT, 3),
            CqlVector.newInstance(0f, -1f, 0.25f),
            "[0.0,-1.0,0.25]"),
        same(
            DataTypes.vectorOf(DataTypes.TEXT, 2), CqlVector.newInstance("", "b"), "[\"\",\"b\"]"));
  }

  private static Arguments same(DataType type, Object value, String json) {
    return example(type, value, json, json);
  }

  private static Arguments example(DataType type, Object value, String key, String document) {
    return Arguments.of(type, value, key, document);
  }

  @ParameterizedTest
  @MethodSource("values")
  void eachTypeHasItsForm(DataType type, Object value, String key, String document)
      throws Exception {
    ByteBuffer bytes =
        CodecRegistry.DEFAULT.codecFor(type, value).encode(value, DefaultProtocolVersion.V5);
    KeyCodec keys = Tables.keyedBy("k", type).mapping().keys();
    assertThat(keys.ofValues(bytes).json()).isEqualTo("{\"k\":" + key + "}");
    assertThat(keys.values(keys.parse("{\"k\":" + key + "}"))).containsExactly(bytes);

    TableMapping mapping = Tables.keyedBy("k", DataTypes.INT).regular("v", type).mapping();
    byte[] json = mapping.document(Tables.row(null, bytes));
    assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"v\":" + document + "}");
    assertThat(mapping.values(Documents.read(json))).containsEntry("v", bytes);
  }
}
