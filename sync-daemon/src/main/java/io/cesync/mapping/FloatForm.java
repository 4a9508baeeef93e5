package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;

/** float: a number; {@code "NaN"} and the infinities, if allowed, are strings. */
final class FloatForm extends Scalar {
  private final boolean finiteOnly;

  FloatForm(boolean finiteOnly) {
    super("a float");
    this.finiteOnly = finiteOnly;
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    if (length != Float.BYTES) {
      return false;
    }
    float value = bytes.getFloat(at);
    return Float.isFinite(value)
        // other NaNs would not come back
        || (!finiteOnly && bytes.getInt(at) == Float.floatToIntBits(value));
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeNumber(bytes.getFloat(at));
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return Float.toString(bytes.getFloat(at));
  }

  @Override
  void parse(String text, Bytes out) {
    out.putInt(Float.floatToIntBits(Float.parseFloat(text)));
  }
}
