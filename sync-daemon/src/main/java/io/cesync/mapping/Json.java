package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How JSON is read and written here. */
final class Json {
  /** In characters. Jackson, and so Elasticsearch, by default refuses longer numbers than 1,000. */
  static final int LONGEST_NUMBER = 1000;

  private static final StreamReadConstraints WHATEVER_CASSANDRA_HOLDS =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .build();

  static final JsonFactory KEYS =
      JsonFactory.builder().streamReadConstraints(WHATEVER_CASSANDRA_HOLDS).build();

  /** Prints floating-point numbers faster, and sometimes shorter, than {@code Double.toString}. */
  static final JsonFactory DOCUMENTS =
      JsonFactory.builder()
          .streamReadConstraints(WHATEVER_CASSANDRA_HOLDS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private Json() {}

  /** Something that writes JSON. */
  interface Writing {
    /**
     * Writes it.
     *
     * @param soFar the output, to be looked at after flushing
     */
    void to(JsonGenerator json, ByteArrayBuilder soFar) throws IOException;
  }

  static byte[] bytes(JsonFactory factory, Writing writing) {
    try (ByteArrayBuilder out = new ByteArrayBuilder(factory._getBufferRecycler())) {
      try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
        writing.to(json, out);
      }
      return out.getClearAndRelease();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not when writing to memory
    }
  }
}
