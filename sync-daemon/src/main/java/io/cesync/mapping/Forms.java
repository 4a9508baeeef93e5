package io.cesync.mapping;

import static java.util.Map.entry;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The form of every CQL type. Keys and documents differ: a key is read by people in cqlsh, a
 * document is searched.
 */
enum Forms {
  /** cql/README.md. */
  KEY {
    @Override
    Form of(DataType type) {
      return new ExactForm(natural(type));
    }

    private Form natural(DataType type) {
      if (type.equals(DataTypes.BLOB)) {
        return new HexForm();
      } else if (type.equals(DataTypes.VARINT)) {
        return new VarintForm(Integer.MAX_VALUE);
      } else if (type.equals(DataTypes.DECIMAL)) {
        return new DecimalForm(0);
      } else if (SCALARS.containsKey(type) && !type.equals(DataTypes.DURATION)) {
        return SCALARS.get(type);
      } else if (type instanceof MapType map) {
        return new PairsForm(of(map.getKeyType()), of(map.getValueType()));
      } else if (type instanceof UserDefinedType udt) {
        List<String> names = udt.getFieldNames().stream().map(CqlIdentifier::asInternal).toList();
        return new StructForm(names, all(udt.getFieldTypes()), true);
      } else if (type instanceof TupleType tuple) {
        return new TupleForm(all(tuple.getComponentTypes()));
      }
      Form sequence = sequence(type);
      return sequence == null ? new NeverForm() : sequence;
    }
  },

  DOCUMENT {
    @Override
    Form of(DataType type) {
      if (SCALARS.containsKey(type)) {
        return SCALARS.get(type);
      } else if (type instanceof VectorType vector
          && vector.getElementType().equals(DataTypes.FLOAT)) {
        return new FloatVectorForm(vector.getDimensions());
      } else if (type instanceof MapType map) {
        return new MapForm(of(map.getKeyType()), of(map.getValueType()));
      } else if (type instanceof UserDefinedType udt) {
        return new StructForm(FieldNames.of(udt), all(udt.getFieldTypes()), false);
      } else if (type instanceof TupleType tuple) {
        return new StructForm(FieldNames.of(tuple), all(tuple.getComponentTypes()), false);
      }
      Form sequence = sequence(type);
      return sequence == null ? new BlobForm() : sequence;
    }
  };

  /** As in cql/README.md and, where that leaves a choice, as documents have them. */
  private static final Map<DataType, Scalar> SCALARS =
      Map.ofEntries(
          entry(DataTypes.ASCII, new TextForm()),
          entry(DataTypes.TEXT, new TextForm()),
          entry(DataTypes.TINYINT, new IntegerForm(1)),
          entry(DataTypes.SMALLINT, new IntegerForm(2)),
          entry(DataTypes.INT, new IntegerForm(4)),
          entry(DataTypes.BIGINT, new IntegerForm(8)),
          entry(DataTypes.COUNTER, new IntegerForm(8)),
          entry(DataTypes.VARINT, new VarintForm(Json.LONGEST_NUMBER)),
          entry(DataTypes.DECIMAL, new DecimalForm(Json.LONGEST_NUMBER)),
          entry(DataTypes.FLOAT, new FloatForm()),
          entry(DataTypes.DOUBLE, new DoubleForm()),
          entry(DataTypes.BOOLEAN, new BooleanForm()),
          entry(DataTypes.BLOB, new BlobForm()),
          entry(DataTypes.INET, new InetForm()),
          entry(DataTypes.UUID, new UuidForm()),
          entry(DataTypes.TIMEUUID, new UuidForm()),
          entry(DataTypes.DATE, new DateForm()),
          entry(DataTypes.TIME, new TimeForm()),
          entry(DataTypes.TIMESTAMP, new TimestampForm()),
          entry(DataTypes.DURATION, new DurationForm()));

  /**
   * Cassandra's {@code AbstractType.valueLengthIfFixed()}; the other types count as variable, even
   * tinyint.
   */
  private static final Map<DataType, Integer> FIXED_SIZES =
      Map.of(
          DataTypes.BOOLEAN, 1,
          DataTypes.INT, 4,
          DataTypes.FLOAT, 4,
          DataTypes.BIGINT, 8,
          DataTypes.COUNTER, 8,
          DataTypes.DOUBLE, 8,
          DataTypes.TIMESTAMP, 8,
          DataTypes.UUID, 16,
          DataTypes.TIMEUUID, 16);

  abstract Form of(DataType type);

  static boolean isScalar(DataType type) {
    return SCALARS.containsKey(type);
  }

  Form sequence(DataType type) {
    if (type instanceof ListType list) {
      return new ArrayForm(of(list.getElementType()));
    } else if (type instanceof SetType set) {
      return new ArrayForm(of(set.getElementType()));
    } else if (type instanceof VectorType vector) {
      DataType element = vector.getElementType();
      return new VectorForm(of(element), fixedSize(element), vector.getDimensions());
    }
    return null;
  }

  Form[] all(List<DataType> types) {
    return IntStream.range(0, types.size()).mapToObj(i -> of(types.get(i))).toArray(Form[]::new);
  }

  private static int fixedSize(DataType type) {
    return type instanceof VectorType vector
        ? fixedSize(vector.getElementType()) * vector.getDimensions()
        : FIXED_SIZES.getOrDefault(type, 0);
  }
}
