package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * vector of floats in a document. Natural is only what {@code dense_vector} takes: a document with
 * another would be refused as a whole.
 */
final class FloatVectorForm extends Form {
  /**
   * Elasticsearch adds the squares up in a float, up to 3.4E38, and refuses what is beyond. NaNs
   * are beyond, too.
   */
  private static final double MAX_SUM_OF_SQUARES = 1e38;

  private final int dimensions;
  private final VectorForm form;

  FloatVectorForm(int dimensions) {
    this.dimensions = dimensions;
    this.form = new VectorForm(new FloatForm(), Float.BYTES, dimensions);
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    if (length != dimensions * Float.BYTES) {
      return false;
    }
    double squares = 0;
    for (int i = at; i < at + length; i += Float.BYTES) {
      double value = bytes.getFloat(i);
      squares += value * value;
    }
    return squares <= MAX_SUM_OF_SQUARES;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    form.write(bytes, at, length, json);
  }

  @Override
  void read(JsonParser json, Bytes out) throws IOException {
    form.read(json, out);
  }
}
