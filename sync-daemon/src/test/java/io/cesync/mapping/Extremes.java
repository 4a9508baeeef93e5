package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ends of each type, and what search servers stumble over. */
final class Extremes {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
  private static final byte[] LONG_WORD = "€".repeat(40_000).getBytes(StandardCharsets.UTF_8);

  private Extremes() {}

  static Map<DataType, List<ByteBuffer>> all() {
    Map<DataType, List<ByteBuffer>> all = new LinkedHashMap<>();
    for (DataType type : CqlArbitraries.SCALARS) {
      List<ByteBuffer> values = new ArrayList<>(keys(type));
      if (!CqlTypes.isText(type) && !type.equals(DataTypes.BLOB)) {
        values.add(EMPTY);
      }
      all.put(type, values);
    }
    ByteBuffer invalid = ByteBuffer.wrap(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    all.get(DataTypes.TEXT)
        .addAll(List.of(EMPTY, ByteBuffer.wrap(LONG_WORD), text("x".repeat(1_000_000)), invalid));
    all.get(DataTypes.BLOB).addAll(List.of(EMPTY, ByteBuffer.wrap(new byte[100_000])));
    all.get(DataTypes.VARINT).add(ByteBuffer.wrap(BigInteger.TEN.pow(20_000).toByteArray()));
    all.get(DataTypes.DECIMAL).add(decimal(5, BigInteger.TEN.pow(20_000)));
    all.get(DataTypes.DOUBLE).add(new Bytes().putLong(0x7ff8000000000001L).copy());
    for (DataType key : List.of(DataTypes.TEXT, DataTypes.BLOB)) {
      for (DataType value : List.of(DataTypes.TEXT, DataTypes.INT)) {
        all.put(DataTypes.frozenMapOf(key, value), maps(value));
      }
    }
    for (int dimensions : new int[] {1, 3, 384, 1024, 4096, 4097}) {
      all.put(DataTypes.vectorOf(DataTypes.FLOAT, dimensions), vectors(dimensions));
    }
    all.put(deepUdt(30), List.of(deepValue(30, 0), deepValue(30, 30)));
    all.put(deepMap(25), List.of(deepMapValue(25)));
    return all;
  }

  /** Different values, each of which can be a key. */
  static List<ByteBuffer> keys(DataType type) {
    if (CqlTypes.isText(type)) {
      return Arrays.stream(
              new String[] {"a", "A", "a b", " ", "\0", "\u001f", "\"\\", "NaN", "x".repeat(500)})
          .map(Extremes::text)
          .toList();
    } else if (type.equals(DataTypes.BLOB)) {
      return List.of(
          ByteBuffer.allocate(1),
          ByteBuffer.allocate(2),
          ByteBuffer.wrap(new byte[] {-1}),
          ByteBuffer.allocate(300));
    } else if (type.equals(DataTypes.VARINT)) {
      List<ByteBuffer> values = new ArrayList<>();
      for (long number : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
        values.add(ByteBuffer.wrap(BigInteger.valueOf(number).toByteArray()));
      }
      values.add(ByteBuffer.wrap(BigInteger.TEN.pow(300).toByteArray()));
      return values;
    } else if (type.equals(DataTypes.DECIMAL)) {
      BigInteger one = BigInteger.ONE;
      return new ArrayList<>(
          List.of(
              decimal(0, one),
              decimal(1, BigInteger.TEN),
              decimal(-3, one),
              decimal(-400, one),
              decimal(400, one.negate()),
              decimal(-1_000_000_000, one),
              decimal(1_000_000_000, one),
              decimal(5, BigInteger.ZERO),
              decimal(0, BigInteger.TEN.pow(400))));
    } else if (type.equals(DataTypes.FLOAT)) {
      float[] floats = {
        0f, -0f, 1f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY
      };
      List<ByteBuffer> values = new ArrayList<>();
      for (float f : floats) {
        values.add(new Bytes().putInt(Float.floatToIntBits(f)).copy());
      }
      return values;
    } else if (type.equals(DataTypes.DOUBLE)) {
      double[] doubles = {
        0,
        -0d,
        1,
        0.1,
        Double.parseDouble("2e23"),
        1e-300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.NEGATIVE_INFINITY
      };
      List<ByteBuffer> values = new ArrayList<>();
      for (double d : doubles) {
        values.add(new Bytes().putLong(Double.doubleToLongBits(d)).copy());
      }
      return values;
    } else if (type.equals(DataTypes.BOOLEAN)) {
      return new ArrayList<>(
          List.of(ByteBuffer.wrap(new byte[] {0}), ByteBuffer.wrap(new byte[] {1})));
    } else if (type.equals(DataTypes.TIME)) {
      return bytesOf(0, 1, 86_399_999_999_999L);
    } else if (type.equals(DataTypes.DURATION)) {
      return new ArrayList<>(
          List.of(
              ByteBuffer.wrap(new byte[] {0, 0, 0}),
              ByteBuffer.wrap(new byte[] {2, 4, 6}),
              ByteBuffer.wrap(new byte[] {1, 3, 5})));
    }
    return integers(type);
  }

  private static List<ByteBuffer> integers(DataType type) {
    List<ByteBuffer> values = new ArrayList<>();
    int size =
        switch (type.toString()) {
          case "TINYINT" -> 1;
          case "SMALLINT" -> 2;
          case "INT", "DATE" -> 4;
          case "INET", "UUID", "TIMEUUID" -> 16;
          default -> 8;
        };
    for (int first : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
      for (int rest : new int[] {0, 1, 0xff}) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) rest);
        bytes[0] = (byte) first;
        ByteBuffer value = ByteBuffer.wrap(bytes);
        if (!values.contains(value)) {
          values.add(value);
        }
      }
    }
    if (type.equals(DataTypes.INET)) {
      values.add(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    }
    return values;
  }

  private static List<ByteBuffer> bytesOf(long... numbers) {
    List<ByteBuffer> values = new ArrayList<>();
    for (long number : numbers) {
      values.add(new Bytes().putLong(number).copy());
    }
    return values;
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer decimal(int scale, BigInteger unscaled) {
    return new Bytes().putInt(scale).put(unscaled.toByteArray()).copy();
  }

  private static List<ByteBuffer> maps(DataType valueType) {
    List<ByteBuffer> values = new ArrayList<>(List.of(text("\0\0\0\1")));
    if (CqlTypes.isText(valueType)) {
      values.addAll(List.of(EMPTY, text("x".repeat(32_766)), ByteBuffer.wrap(LONG_WORD)));
    }
    List<ByteBuffer> maps = new ArrayList<>();
    for (String key :
        new String[] {
          "",
          " ",
          "a",
          "a.b",
          ".",
          "..",
          "\0",
          "_id",
          "k".repeat(512),
          "€".repeat(512),
          "€".repeat(2_000),
          "k".repeat(70_000)
        }) {
      for (ByteBuffer value : values) {
        maps.add(map(text(key), value));
      }
    }
    maps.add(new Bytes().putInt(0).copy());
    return maps;
  }

  private static ByteBuffer map(ByteBuffer key, ByteBuffer value) {
    return new Bytes()
        .putInt(1)
        .putInt(key.remaining())
        .put(key)
        .putInt(value.remaining())
        .put(value)
        .copy();
  }

  private static List<ByteBuffer> vectors(int dimensions) {
    List<ByteBuffer> vectors = new ArrayList<>();
    float large = (float) Math.sqrt(0.99e38 / dimensions);
    float[] all = {
      0,
      -0f,
      1,
      -1,
      Float.MIN_VALUE,
      large,
      -large,
      1e19f,
      Float.MAX_VALUE,
      Float.NaN,
      Float.NEGATIVE_INFINITY
    };
    for (float each : all) {
      Bytes vector = new Bytes();
      for (int i = 0; i < dimensions; i++) {
        vector.putInt(Float.floatToRawIntBits(each));
      }
      vectors.add(vector.copy());
    }
    return vectors;
  }

  private static DataType deepUdt(int depth) {
    DataType type = DataTypes.TEXT;
    for (int i = 0; i < depth; i++) {
      type = Tables.udt(true, "x", type);
    }
    return type;
  }

  /** Of a type that deep, with null at some depth. */
  private static ByteBuffer deepValue(int depth, int nullAt) {
    ByteBuffer value = text("x");
    for (int i = 0; i < depth; i++) {
      boolean isNull = i == nullAt;
      value =
          isNull
              ? new Bytes().putInt(-1).copy()
              : new Bytes().putInt(value.remaining()).put(value).copy();
    }
    return value;
  }

  private static DataType deepMap(int depth) {
    DataType type = DataTypes.INT;
    for (int i = 0; i < depth; i++) {
      type = DataTypes.frozenMapOf(DataTypes.TEXT, type);
    }
    return type;
  }

  private static ByteBuffer deepMapValue(int depth) {
    ByteBuffer value = text("\0\0\0\1");
    for (int i = 0; i < depth; i++) {
      value = map(text("k"), value);
    }
    return value;
  }
}
