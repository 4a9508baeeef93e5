package io.cesync.trigger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.cassandra.db.marshal.AbstractType;
import org.apache.cassandra.db.marshal.AsciiType;
import org.apache.cassandra.db.marshal.BooleanType;
import org.apache.cassandra.db.marshal.ByteType;
import org.apache.cassandra.db.marshal.BytesType;
import org.apache.cassandra.db.marshal.DateType;
import org.apache.cassandra.db.marshal.DecimalType;
import org.apache.cassandra.db.marshal.DoubleType;
import org.apache.cassandra.db.marshal.FloatType;
import org.apache.cassandra.db.marshal.InetAddressType;
import org.apache.cassandra.db.marshal.Int32Type;
import org.apache.cassandra.db.marshal.IntegerType;
import org.apache.cassandra.db.marshal.ListType;
import org.apache.cassandra.db.marshal.LongType;
import org.apache.cassandra.db.marshal.MapType;
import org.apache.cassandra.db.marshal.SetType;
import org.apache.cassandra.db.marshal.ShortType;
import org.apache.cassandra.db.marshal.SimpleDateType;
import org.apache.cassandra.db.marshal.TimeType;
import org.apache.cassandra.db.marshal.TimeUUIDType;
import org.apache.cassandra.db.marshal.TimestampType;
import org.apache.cassandra.db.marshal.TupleType;
import org.apache.cassandra.db.marshal.UTF8Type;
import org.apache.cassandra.db.marshal.UUIDType;
import org.apache.cassandra.db.marshal.UserType;

/** The JSON form of every type that a key may have. */
final class ValueJsons {
  /** What {@code cql/README.md} gives no form of its own. */
  private static final ValueJson RAW = (value, json) -> false;

  private static final Map<Class<?>, ValueJson> SCALARS = scalars();

  private ValueJsons() {}

  static ValueJson of(AbstractType<?> declared) {
    AbstractType<?> type = declared.unwrap(); // from CLUSTERING ORDER BY … DESC
    ValueJson scalar = SCALARS.get(type.getClass());
    if (scalar != null) {
      return scalar;
    } else if (type instanceof ListType) {
      return new CollectionJson(of(((ListType<?>) type).getElementsType()));
    } else if (type instanceof SetType) {
      return new CollectionJson(of(((SetType<?>) type).getElementsType()));
    } else if (type instanceof MapType) {
      MapType<?, ?> map = (MapType<?, ?>) type;
      return new MapJson(of(map.getKeysType()), of(map.getValuesType()));
    } else if (type instanceof UserType) {
      return TupleJson.of((UserType) type);
    } else if (type.getClass() == TupleType.class) {
      return TupleJson.of((TupleType) type);
    } else if (VectorJson.isVector(type)) {
      return VectorJson.of(type);
    }
    return RAW;
  }

  static ValueJson[] all(List<AbstractType<?>> types) {
    return types.stream().map(ValueJsons::of).toArray(ValueJson[]::new);
  }

  static ValueJson raw() {
    return RAW;
  }

  @SuppressWarnings("deprecation") // DateType: tables made by Cassandra 1.1 may still have it
  private static Map<Class<?>, ValueJson> scalars() {
    Map<Class<?>, ValueJson> types = new HashMap<>();
    types.put(AsciiType.class, ScalarJson::ascii);
    types.put(UTF8Type.class, (value, json) -> json.string(value));
    types.put(BytesType.class, ScalarJson::blob);
    types.put(BooleanType.class, ScalarJson::bool);
    types.put(ByteType.class, ScalarJson::int8);
    types.put(ShortType.class, ScalarJson::int16);
    types.put(Int32Type.class, ScalarJson::int32);
    types.put(LongType.class, ScalarJson::int64);
    types.put(IntegerType.class, ScalarJson::varint);
    types.put(DecimalType.class, ScalarJson::decimal);
    types.put(FloatType.class, ScalarJson::float32);
    types.put(DoubleType.class, ScalarJson::float64);
    types.put(UUIDType.class, ScalarJson::uuid);
    types.put(TimeUUIDType.class, ScalarJson::uuid);
    types.put(InetAddressType.class, ScalarJson::inet);
    types.put(SimpleDateType.class, ScalarJson::date);
    types.put(TimeType.class, ScalarJson::time);
    types.put(TimestampType.class, ScalarJson::timestamp);
    types.put(DateType.class, ScalarJson::timestamp);
    return Map.copyOf(types);
  }
}
