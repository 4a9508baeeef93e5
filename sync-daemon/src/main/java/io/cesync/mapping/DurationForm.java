package io.cesync.mapping;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.nio.ByteBuffer;

/** duration: Cassandra's text, {@code 1mo2d3ns}; {@code 0ns} for none. */
final class DurationForm extends Scalar {
  private static final String ZERO = "0ns";

  DurationForm() {
    super("a duration such as 1mo2d3ns");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    try {
      ByteBuffer value = bytes.slice(at, length);
      Bytes back = new Bytes();
      parse(text(bytes, at, length), back);
      return back.copy().equals(value);
    } catch (
        RuntimeException
            e) { // not a duration, or one of those at the limits, which the driver can't print
      return false;
    }
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    CqlDuration value =
        TypeCodecs.DURATION.decode(bytes.slice(at, length), DefaultProtocolVersion.V5);
    String text = String.valueOf(value);
    return text.isEmpty() ? ZERO : text;
  }

  @Override
  void parse(String text, Bytes out) {
    CqlDuration value =
        text.equals(ZERO) ? CqlDuration.newInstance(0, 0, 0) : CqlDuration.from(text);
    out.put(TypeCodecs.DURATION.encode(value, DefaultProtocolVersion.V5));
  }
}
