package io.cesync.mapping;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.internal.core.type.util.VIntCoding;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** CQL types, and values of them as serialised bytes that Cassandra itself would write. */
final class CqlArbitraries {
  static final List<DataType> SCALARS =
      List.of(
          DataTypes.ASCII,
          DataTypes.TEXT,
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.VARINT,
          DataTypes.DECIMAL,
          DataTypes.FLOAT,
          DataTypes.DOUBLE,
          DataTypes.BOOLEAN,
          DataTypes.BLOB,
          DataTypes.INET,
          DataTypes.UUID,
          DataTypes.TIMEUUID,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.TIMESTAMP,
          DataTypes.DURATION);

  private static final List<DataType> FIXED_IN_VECTORS =
      List.of(
          DataTypes.BOOLEAN,
          DataTypes.INT,
          DataTypes.FLOAT,
          DataTypes.BIGINT,
          DataTypes.DOUBLE,
          DataTypes.TIMESTAMP,
          DataTypes.UUID,
          DataTypes.TIMEUUID);

  private CqlArbitraries() {}

  /** A type, nested up to a depth. */
  static Arbitrary<DataType> type(int depth) {
    Arbitrary<DataType> scalar = Arbitraries.of(SCALARS);
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<DataType> inner = Arbitraries.lazy(() -> type(depth - 1));
    return Arbitraries.oneOf(
        scalar,
        inner.map(DataTypes::frozenListOf),
        inner.map(DataTypes::frozenSetOf),
        Combinators.combine(inner, inner).as(DataTypes::frozenMapOf),
        inner
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(t -> DataTypes.tupleOf(t.toArray(DataType[]::new))),
        inner.list().ofMinSize(1).ofMaxSize(3).map(CqlArbitraries::udt),
        Combinators.combine(inner, Arbitraries.integers().between(1, 3)).as(DataTypes::vectorOf));
  }

  private static DataType udt(List<DataType> types) {
    String[] names = {"$raw", "a.b", "a_b"};
    List<Object> fields = new ArrayList<>();
    for (DataType type : types) {
      fields.add(names[fields.size() / 2]);
      fields.add(type);
    }
    return Tables.udt(true, fields.toArray());
  }

  /** A value of the type in the one form in which Cassandra itself would write it. */
  static Arbitrary<ByteBuffer> value(DataType type) {
    return bytes(type).map(ByteBuffer::wrap);
  }

  /** The same, or any other bytes. */
  static Arbitrary<ByteBuffer> anyBytes(DataType type) {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
    Arbitrary<byte[]> cut =
        Combinators.combine(bytes(type), Arbitraries.integers().between(0, 40))
            .as((bytes, size) -> java.util.Arrays.copyOf(bytes, size));
    return Arbitraries.oneOf(bytes(type), any, cut).map(ByteBuffer::wrap);
  }

  private static Arbitrary<byte[]> bytes(DataType type) {
    if (type instanceof ListType list) {
      return elements(list.getElementType());
    } else if (type instanceof SetType set) {
      return elements(set.getElementType());
    } else if (type instanceof MapType map) {
      return entries(map);
    } else if (type instanceof VectorType vector) {
      return vector(vector);
    } else if (type instanceof UserDefinedType udt) {
      return components(udt.getFieldTypes());
    } else if (type instanceof TupleType tuple) {
      return components(tuple.getComponentTypes());
    }
    return scalar(type);
  }

  private static Arbitrary<byte[]> elements(DataType type) {
    return bytes(type).list().ofMaxSize(4).map(values -> concatenated(values.size(), values));
  }

  private static Arbitrary<byte[]> entries(MapType map) {
    return Combinators.combine(bytes(map.getKeyType()), bytes(map.getValueType()))
        .as(List::of)
        .list()
        .uniqueElements(entry -> ByteBuffer.wrap(entry.get(0)))
        .ofMaxSize(3)
        .map(list -> concatenated(list.size(), list.stream().flatMap(List::stream).toList()));
  }

  private static byte[] concatenated(int count, List<byte[]> values) {
    Bytes out = new Bytes().putInt(count);
    values.forEach(value -> out.putInt(value.length).put(value));
    return out.copy().array();
  }

  private static Arbitrary<byte[]> components(List<DataType> types) {
    List<Arbitrary<byte[]>> components = new ArrayList<>();
    types.forEach(type -> components.add(bytes(type).injectNull(0.2)));
    return Combinators.combine(components)
        .as(
            values -> {
              Bytes out = new Bytes();
              for (byte[] value : values) {
                out.putInt(value == null ? -1 : value.length);
                out.put(value == null ? new byte[0] : value);
              }
              return out.copy().array();
            });
  }

  private static Arbitrary<byte[]> vector(VectorType type) {
    boolean fixed = isFixed(type.getElementType());
    return bytes(type.getElementType())
        .list()
        .ofSize(type.getDimensions())
        .map(
            values -> {
              Bytes out = new Bytes();
              for (byte[] value : values) {
                if (!fixed) {
                  ByteBuffer header = ByteBuffer.allocate(9);
                  VIntCoding.writeUnsignedVInt32(value.length, header);
                  out.put(header.flip());
                }
                out.put(value);
              }
              return out.copy().array();
            });
  }

  private static boolean isFixed(DataType type) {
    return type instanceof VectorType vector
        ? isFixed(vector.getElementType())
        : FIXED_IN_VECTORS.contains(type);
  }

  private static Arbitrary<byte[]> scalar(DataType type) {
    if (type.equals(DataTypes.ASCII)) {
      return Arbitraries.strings().ascii().map(s -> s.getBytes(StandardCharsets.UTF_8));
    } else if (type.equals(DataTypes.TEXT)) {
      return text().map(s -> s.getBytes(StandardCharsets.UTF_8));
    } else if (type.equals(DataTypes.VARINT)) {
      return integer().map(BigInteger::toByteArray);
    } else if (type.equals(DataTypes.DECIMAL)) {
      return Combinators.combine(Arbitraries.integers(), integer())
          .as(
              (scale, unscaled) ->
                  new Bytes().putInt(scale).put(unscaled.toByteArray()).copy().array());
    } else if (type.equals(DataTypes.FLOAT)) {
      return Arbitraries.oneOf(
              Arbitraries.integers().map(Float::intBitsToFloat),
              Arbitraries.of(
                  0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE))
          .map(f -> new Bytes().putInt(Float.floatToIntBits(f)).copy().array());
    } else if (type.equals(DataTypes.DOUBLE)) {
      return Arbitraries.oneOf(
              Arbitraries.longs().map(Double::longBitsToDouble),
              Arbitraries.of(
                  0d,
                  -0d,
                  2e-3,
                  Double.NaN,
                  Double.NEGATIVE_INFINITY,
                  Double.MIN_VALUE,
                  Double.MAX_VALUE))
          .map(d -> new Bytes().putLong(Double.doubleToLongBits(d)).copy().array());
    } else if (type.equals(DataTypes.BOOLEAN)) {
      return Arbitraries.of(0, 1).map(b -> new byte[] {b.byteValue()});
    } else if (type.equals(DataTypes.TIME)) {
      return Arbitraries.longs()
          .between(0, TimeUnit.DAYS.toNanos(1) - 1)
          .map(time -> new Bytes().putLong(time).copy().array());
    } else if (type.equals(DataTypes.DURATION)) {
      return duration();
    } else if (type.equals(DataTypes.INET)) {
      return Arbitraries.of(4, 16).flatMap(CqlArbitraries::ofSize);
    } else if (type.equals(DataTypes.BLOB)) {
      return Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
    }
    return ofSize(size(type));
  }

  private static int size(DataType type) {
    if (type.equals(DataTypes.TINYINT)) {
      return 1;
    } else if (type.equals(DataTypes.SMALLINT)) {
      return 2;
    } else if (type.equals(DataTypes.INT) || type.equals(DataTypes.DATE)) {
      return 4;
    } else if (type.equals(DataTypes.UUID) || type.equals(DataTypes.TIMEUUID)) {
      return 16;
    }
    return 8;
  }

  private static Arbitrary<byte[]> ofSize(int size) {
    return Arbitraries.bytes().array(byte[].class).ofSize(size);
  }

  private static Arbitrary<BigInteger> integer() {
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers(),
        Arbitraries.integers()
            .between(0, 5000)
            .map(bits -> BigInteger.ONE.shiftLeft(bits).negate()));
  }

  /**
   * Text without lone surrogates, but with what is awkward in JSON, in UTF-8, in ids and in names
   * of fields.
   */
  private static Arbitrary<String> text() {
    Arbitrary<String> awkward =
        Arbitraries.of(
            "",
            "\"",
            "\\",
            "{\"$raw\":\"0x\"}",
            "{\"$raw\":",
            "\"quoted\"",
            "NaN",
            "[1]",
            ".",
            "a.b",
            "\0",
            "\u001f",
            "\u007f\u2028\ufeff",
            "\ud83d\ude00",
            " ",
            "\uffff",
            "0x",
            "'",
            "null");
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .map(s -> new String(s.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    return Arbitraries.oneOf(awkward, any, Combinators.combine(awkward, any).as(String::concat));
  }

  private static Arbitrary<byte[]> duration() {
    return Combinators.combine(
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.of(1, -1))
        .as(
            (months, days, nanos, sign) ->
                CqlDuration.newInstance(sign * months, sign * days, sign * nanos))
        .map(d -> TypeCodecs.DURATION.encode(d, DefaultProtocolVersion.V5).array());
  }
}
