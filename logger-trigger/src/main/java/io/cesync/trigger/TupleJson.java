package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.cassandra.cql3.FieldIdentifier;
import org.apache.cassandra.db.marshal.TupleType;
import org.apache.cassandra.db.marshal.UserType;

/**
 * A tuple as an array, a UDT as an object. One that ends early (written before a field was added)
 * has no such form.
 */
final class TupleJson implements ValueJson {
  private static final byte[] NO_LABEL = {};

  private final char open;
  private final char close;
  private final byte[][] labels;
  private final ValueJson[] components;

  private TupleJson(char open, char close, byte[][] labels, ValueJson[] components) {
    this.open = open;
    this.close = close;
    this.labels = labels;
    this.components = components;
  }

  static ValueJson of(TupleType tuple) {
    byte[][] labels = new byte[tuple.size()][];
    Arrays.fill(labels, NO_LABEL);
    return new TupleJson('[', ']', labels, ValueJsons.all(tuple.allTypes()));
  }

  static ValueJson of(UserType udt) {
    byte[][] labels = new byte[udt.size()][];
    for (int i = 0; i < labels.length; i++) {
      FieldIdentifier name = udt.fieldName(i);
      JsonBytes json = new JsonBytes(32);
      if (!json.string(name.bytes) || json.toString().equals("\"$raw\"")) {
        return ValueJsons.raw(); // the object could not be told from an escape
      }
      labels[i] = json.add(':').toString().getBytes(StandardCharsets.UTF_8);
    }
    return new TupleJson('{', '}', labels, ValueJsons.all(udt.fieldTypes()));
  }

  @Override
  public boolean write(ByteBuffer value, JsonBytes json) {
    Components values = new Components(value);
    json.add(open);
    for (int i = 0; i < components.length; i++) {
      if (i > 0) {
        json.add(',');
      }
      json.add(labels[i]);
      ByteBuffer next = values.next();
      if (next == null) {
        json.ascii("null");
      } else {
        json.value(components[i], next);
      }
    }
    json.add(close);
    return values.isComplete();
  }
}
