package io.cesync.mapping;

import java.nio.ByteBuffer;
import java.time.Instant;

/** timestamp: milliseconds, as {@code Instant.toString()} prints them. */
final class TimestampForm extends Scalar {
  TimestampForm() {
    super("an instant such as 2026-01-31T13:30:54.321Z");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 8;
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return Instant.ofEpochMilli(bytes.getLong(at)).toString();
  }

  @Override
  void parse(String text, Bytes out) {
    out.putLong(Instant.parse(text).toEpochMilli());
  }
}
