package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;

/** float: a number; {@code "NaN"} and the infinities are strings. */
final class FloatForm extends Scalar {
  FloatForm() {
    super("a float");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == Float.BYTES
        // other NaNs would not come back
        && bytes.getInt(at) == Float.floatToIntBits(bytes.getFloat(at));
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
