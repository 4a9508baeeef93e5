package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import java.util.List;
import java.util.Set;

/** Questions about types. */
final class CqlTypes {
  private static final Set<DataType> FLOATS = Set.of(DataTypes.FLOAT, DataTypes.DOUBLE);
  private static final Set<DataType> LONG =
      Set.of(DataTypes.ASCII, DataTypes.TEXT, DataTypes.BLOB, DataTypes.VARINT, DataTypes.DECIMAL);

  private CqlTypes() {}

  /** The types that a type is made of; none for a scalar. */
  static List<DataType> parts(DataType type) {
    if (type instanceof ListType list) {
      return List.of(list.getElementType());
    } else if (type instanceof SetType set) {
      return List.of(set.getElementType());
    } else if (type instanceof MapType map) {
      return List.of(map.getKeyType(), map.getValueType());
    } else if (type instanceof VectorType vector) {
      return List.of(vector.getElementType());
    } else if (type instanceof UserDefinedType udt) {
      return udt.getFieldTypes();
    } else if (type instanceof TupleType tuple) {
      return tuple.getComponentTypes();
    }
    return List.of();
  }

  /** Whether floating-point numbers are part of its values. */
  static boolean hasFloats(DataType type) {
    return FLOATS.contains(type) || parts(type).stream().anyMatch(CqlTypes::hasFloats);
  }

  /** Whether a part of its values may be longer than an index takes for a term. */
  static boolean hasLongText(DataType type) {
    boolean unknown = parts(type).isEmpty() && !Forms.isScalar(type);
    return unknown || LONG.contains(type) || parts(type).stream().anyMatch(CqlTypes::hasLongText);
  }

  static boolean isText(DataType type) {
    return type.equals(DataTypes.ASCII) || type.equals(DataTypes.TEXT);
  }

  /** How many objects deep its values are in a document. */
  static int depth(DataType type) {
    boolean isObject =
        type instanceof MapType || type instanceof UserDefinedType || type instanceof TupleType;
    return (isObject ? 1 : 0) + parts(type).stream().mapToInt(CqlTypes::depth).max().orElse(0);
  }
}
