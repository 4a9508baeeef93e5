package io.cesync.trigger;

import java.nio.ByteBuffer;
import org.apache.cassandra.db.marshal.AbstractType;

/**
 * A vector: an array. The type is there from Cassandra 5.0, so it is known by name and looked into
 * by reflection, once per table.
 */
final class VectorJson implements ValueJson {
  private static final String TYPE = "org.apache.cassandra.db.marshal.VectorType";

  private final ValueJson element;
  private final int dimension;

  /** Bytes of an element, or -1 if each comes after its length as an unsigned vint. */
  private final int elementLength;

  VectorJson(ValueJson element, int dimension, int elementLength) {
    this.element = element;
    this.dimension = dimension;
    this.elementLength = elementLength;
  }

  static boolean isVector(AbstractType<?> type) {
    return type.getClass().getName().equals(TYPE);
  }

  static ValueJson of(AbstractType<?> vector) {
    try {
      AbstractType<?> element =
          (AbstractType<?>) vector.getClass().getField("elementType").get(vector);
      int dimension = vector.getClass().getField("dimension").getInt(vector);
      return new VectorJson(ValueJsons.of(element), dimension, element.valueLengthIfFixed());
    } catch (ReflectiveOperationException e) {
      return ValueJsons.raw();
    }
  }

  @Override
  public boolean write(ByteBuffer value, JsonBytes json) {
    int at = value.position();
    int end = value.limit();
    json.add('[');
    for (int i = 0; i < dimension; i++) {
      long length = elementLength;
      if (length < 0) {
        int extraBytes = at == end ? Integer.MAX_VALUE : extraBytes(value.get(at));
        if (extraBytes >= Math.min(end - at, 5)) {
          return false;
        }
        length = unsignedVint(value, at, extraBytes);
        if (extraBytes > 0 && length < (1L << (7 * extraBytes))) {
          return false; // could be shorter, so would come back shorter
        }
        at += 1 + extraBytes;
      }
      if (length > end - at) {
        return false;
      }
      if (i > 0) {
        json.add(',');
      }
      json.value(element, Buffers.slice(value, at, (int) length));
      at += (int) length;
    }
    json.add(']');
    return at == end;
  }

  /** As many as the first byte has leading ones. */
  private static int extraBytes(byte first) {
    return Integer.numberOfLeadingZeros(~first & 0xff) - 24;
  }

  private static long unsignedVint(ByteBuffer value, int at, int extraBytes) {
    long number = value.get(at) & (0xff >> extraBytes);
    for (int i = 1; i <= extraBytes; i++) {
      number = (number << 8) | (value.get(at + i) & 0xff);
    }
    return number;
  }
}
