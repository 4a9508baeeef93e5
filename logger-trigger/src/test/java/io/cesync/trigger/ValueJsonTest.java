package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.cassandra.db.marshal.AbstractType;
import org.apache.cassandra.db.marshal.AsciiType;
import org.apache.cassandra.db.marshal.BooleanType;
import org.apache.cassandra.db.marshal.ByteType;
import org.apache.cassandra.db.marshal.BytesType;
import org.apache.cassandra.db.marshal.DecimalType;
import org.apache.cassandra.db.marshal.DoubleType;
import org.apache.cassandra.db.marshal.FloatType;
import org.apache.cassandra.db.marshal.InetAddressType;
import org.apache.cassandra.db.marshal.Int32Type;
import org.apache.cassandra.db.marshal.IntegerType;
import org.apache.cassandra.db.marshal.ListType;
import org.apache.cassandra.db.marshal.LongType;
import org.apache.cassandra.db.marshal.MapType;
import org.apache.cassandra.db.marshal.ReversedType;
import org.apache.cassandra.db.marshal.SetType;
import org.apache.cassandra.db.marshal.ShortType;
import org.apache.cassandra.db.marshal.SimpleDateType;
import org.apache.cassandra.db.marshal.TimeType;
import org.apache.cassandra.db.marshal.TimeUUIDType;
import org.apache.cassandra.db.marshal.TimestampType;
import org.apache.cassandra.db.marshal.TupleType;
import org.apache.cassandra.db.marshal.UTF8Type;
import org.apache.cassandra.db.marshal.UUIDType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueJsonTest {
  private static final Map<DataType, AbstractType<?>> TYPES =
      Map.ofEntries(
          Map.entry(DataTypes.ASCII, AsciiType.instance),
          Map.entry(DataTypes.TEXT, UTF8Type.instance),
          Map.entry(DataTypes.BLOB, BytesType.instance),
          Map.entry(DataTypes.BOOLEAN, BooleanType.instance),
          Map.entry(DataTypes.TINYINT, ByteType.instance),
          Map.entry(DataTypes.SMALLINT, ShortType.instance),
          Map.entry(DataTypes.INT, Int32Type.instance),
          Map.entry(DataTypes.BIGINT, LongType.instance),
          Map.entry(DataTypes.VARINT, IntegerType.instance),
          Map.entry(DataTypes.DECIMAL, DecimalType.instance),
          Map.entry(DataTypes.FLOAT, FloatType.instance),
          Map.entry(DataTypes.DOUBLE, DoubleType.instance),
          Map.entry(DataTypes.UUID, UUIDType.instance),
          Map.entry(DataTypes.TIMEUUID, TimeUUIDType.instance),
          Map.entry(DataTypes.INET, InetAddressType.instance),
          Map.entry(DataTypes.DATE, SimpleDateType.instance),
          Map.entry(DataTypes.TIME, TimeType.instance),
          Map.entry(DataTypes.TIMESTAMP, ReversedType.getInstance(TimestampType.instance)),
          Map.entry(
              DataTypes.frozenListOf(DataTypes.SMALLINT),
              ListType.getInstance(ShortType.instance, false)),
          Map.entry(
              DataTypes.frozenSetOf(DataTypes.TEXT), SetType.getInstance(UTF8Type.instance, false)),
          Map.entry(
              DataTypes.frozenMapOf(DataTypes.BOOLEAN, DataTypes.INT),
              MapType.getInstance(BooleanType.instance, Int32Type.instance, false)),
          Map.entry(
              DataTypes.tupleOf(DataTypes.BOOLEAN, DataTypes.TEXT),
              new TupleType(List.of(BooleanType.instance, UTF8Type.instance))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "TEXT      | 61220a5c1f    | \"a\\\"\\n\\\\\\u001F\"",
        "TEXT      | 7f2fc3a9      | \"\u007f/é\"",
        "TEXT      | eda080        | {\"$raw\":\"0xeda080\"}",
        "TEXT      | 61c080        | {\"$raw\":\"0x61c080\"}",
        "ASCII     | c3a9          | {\"$raw\":\"0xc3a9\"}",
        "BLOB      |               | \"0x\"",
        "BLOB      | 00AbFf        | \"0x00abff\"",
        "BOOLEAN   | 00            | false",
        "BOOLEAN   | 02            | {\"$raw\":\"0x02\"}",
        "TINYINT   | 80            | -128",
        "INT       |               | {\"$raw\":\"0x\"}",
        "BIGINT    | 8000000000000000 | -9223372036854775808",
        "VARINT    | 00ff          | 255",
        "VARINT    | 007f          | {\"$raw\":\"0x007f\"}",
        "DECIMAL   | 0000000264    | \"1.00\"",
        "DECIMAL   | fffffffd01    | \"1E+3\"",
        "DECIMAL   | 8000000001    | {\"$raw\":\"0x8000000001\"}",
        "FLOAT     | 80000000      | -0.0",
        "FLOAT     | 7fc00000      | \"NaN\"",
        "FLOAT     | ff800000      | \"-Infinity\"",
        "FLOAT     | 7fc00001      | {\"$raw\":\"0x7fc00001\"}",
        "DOUBLE    | 3fb999999999999a | 0.1",
        "DOUBLE    | fff8000000000000 | {\"$raw\":\"0xfff8000000000000\"}",
        "UUID      | 00112233445566778899aabbccddeeff | \"00112233-4455-6677-8899-aabbccddeeff\"",
        "INET      | 7f000001      | \"127.0.0.1\"",
        "INET      | 00000000000000000000000000000001 | \"0:0:0:0:0:0:0:1\"",
        "INET      | 00000000000000000000ffff7f000001 | {\"$raw\":\"0x00000000000000000000ffff7f000001\"}",
        "DATE      | 80000000      | \"1970-01-01\"",
        "DATE      | 00000000      | \"-5877641-06-23\"",
        "DATE      | ffffffff      | \"+5881580-07-11\"",
        "TIME      | 0000000000000001 | \"00:00:00.000000001\"",
        "TIME      | 00004e94914effff | \"23:59:59.999999999\"",
        "TIME      | 00004e94914f0000 | {\"$raw\":\"0x00004e94914f0000\"}",
        "TIMESTAMP | ffffffffffffffff | \"1969-12-31T23:59:59.999Z\"",
      })
  void isAsTheReadmeSays(String type, String hex, String json) throws Exception {
    DataType dataType = (DataType) DataTypes.class.getField(type).get(null);
    ByteBuffer value = Bytes.fromHexString("0x" + (hex == null ? "" : hex));
    assertThat(json(dataType, value)).isEqualTo(json);
  }

  @Property(tries = 5_000)
  void comesBackByteForByte(@ForAll("typesAndBytes") Tuple2<DataType, byte[]> typeAndBytes) {
    ByteBuffer value = ByteBuffer.wrap(typeAndBytes.get2());
    String json = json(typeAndBytes.get1(), value);
    assertThat(value.remaining()).as("buffer left alone").isEqualTo(typeAndBytes.get2().length);
    assertThat(Bytes.toHexString(KeyText.value(KeyText.parse(json), typeAndBytes.get1())))
        .as(json)
        .isEqualTo(Bytes.toHexString(value));
  }

  /** Mostly of a length that fits, with bytes at which types have their edges. */
  @Provide
  Arbitrary<Tuple2<DataType, byte[]>> typesAndBytes() {
    Arbitrary<Byte> edges = Arbitraries.of((byte) 0, (byte) 1, (byte) -1, (byte) 127, (byte) -128);
    Arbitrary<Byte> bytes = Arbitraries.oneOf(List.of(edges, Arbitraries.bytes()));
    return Arbitraries.of(TYPES.keySet())
        .flatMap(
            type ->
                Arbitraries.oneOf(List.of(length(type), Arbitraries.integers().between(0, 18)))
                    .flatMap(length -> bytes.array(byte[].class).ofSize(length))
                    .map(value -> Tuple.of(type, value)));
  }

  private static Arbitrary<Integer> length(DataType type) {
    int length =
        switch (type.asCql(false, false)) {
          case "boolean", "tinyint" -> 1;
          case "smallint" -> 2;
          case "int", "float", "date" -> 4;
          case "bigint", "double", "time", "timestamp" -> 8;
          case "decimal" -> 6;
          case "uuid", "timeuuid" -> 16;
          default -> 4;
        };
    return type.equals(DataTypes.INET) ? Arbitraries.of(4, 16) : Arbitraries.just(length);
  }

  @Property(tries = 2_000)
  void collectionsComeBackByteForByte(@ForAll("collections") Tuple2<DataType, byte[]> value) {
    comesBackByteForByte(value);
  }

  /** Well-formed ones, and some that end early or go on too long. */
  @Provide
  Arbitrary<Tuple2<DataType, byte[]>> collections() {
    Arbitrary<byte[]> element =
        Arbitraries.bytes().between((byte) 0, (byte) 2).array(byte[].class).ofMaxSize(4);
    List<DataType> types =
        TYPES.keySet().stream().filter(type -> type.getProtocolCode() >= 0x20).toList();
    return Arbitraries.of(types)
        .flatMap(
            type ->
                element
                    .list()
                    .ofMaxSize(4)
                    .flatMap(
                        elements ->
                            Arbitraries.frequencyOf(
                                    Tuple.of(8, Arbitraries.just(0)),
                                    Tuple.of(1, Arbitraries.integers().between(-4, 4)))
                                .map(cut -> Tuple.of(type, serialize(type, elements, cut)))));
  }

  private static byte[] serialize(DataType type, List<byte[]> elements, int cut) {
    int count = type.getProtocolCode() == 0x21 ? elements.size() / 2 : elements.size();
    ByteBuffer out = ByteBuffer.allocate(100);
    if (type.getProtocolCode() < 0x30) {
      out.putInt(count);
    }
    for (byte[] element : elements) {
      out.putInt(element.length).put(element);
    }
    byte[] bytes = new byte[Math.max(0, out.position() + cut)];
    out.flip().get(bytes, 0, Math.min(bytes.length, out.remaining()));
    return bytes;
  }

  private static String json(DataType type, ByteBuffer value) {
    return new JsonBytes(1).value(ValueJsons.of(TYPES.get(type)), value).toString();
  }
}
