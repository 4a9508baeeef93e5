package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * blob, and types that only the server knows, in a document: base64, as Elasticsearch's binary
 * fields want it.
 */
final class BlobForm extends Scalar {
  BlobForm() {
    super("base64");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return true;
  }

  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    if (bytes.hasArray()) {
      json.writeBinary(bytes.array(), bytes.arrayOffset() + at, length);
    } else {
      json.writeBinary(Raw.copy(bytes, at, length));
    }
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return Base64.getEncoder().encodeToString(Raw.copy(bytes, at, length));
  }

  @Override
  void parse(String text, Bytes out) {
    out.put(Base64.getDecoder().decode(text));
  }
}
