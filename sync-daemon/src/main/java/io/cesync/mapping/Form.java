package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How the values of one CQL type look in JSON. Values are serialised bytes, a range of a big-endian
 * buffer whose position is neither used nor moved. Stateless, thread-safe.
 */
abstract class Form {
  /**
   * Whether {@link #read} brings back what {@link #write} writes of these bytes. Any bytes may be
   * asked about. Where not, the value has to travel as its {@link Raw} bytes.
   */
  abstract boolean isNatural(ByteBuffer bytes, int at, int length);

  /** Writes the JSON of bytes that are natural. */
  abstract void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException;

  /**
   * Reads the value at the parser's current token, up to its last token.
   *
   * @throws IOException if it isn't JSON, or ({@link Unreadable}) not a value of this type
   */
  abstract void read(JsonParser json, Bytes out) throws IOException;
}
