package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;

/** double: a number; {@code "NaN"} and the infinities are strings. */
final class DoubleForm extends Scalar {
  DoubleForm() {
    super("a double");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == Double.BYTES
        // other NaNs would not come back
        && bytes.getLong(at) == Double.doubleToLongBits(bytes.getDouble(at));
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    json.writeNumber(bytes.getDouble(at));
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return Double.toString(bytes.getDouble(at));
  }

  @Override
  void parse(String text, Bytes out) {
    out.putLong(Double.doubleToLongBits(Double.parseDouble(text)));
  }
}
