package io.cesync.mapping;

import java.nio.ByteBuffer;
import java.time.LocalDate;

/** date: days, with 1970-01-01 in the middle of the unsigned range. */
final class DateForm extends Scalar {
  DateForm() {
    super("a date such as 2026-01-31");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 4;
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return LocalDate.ofEpochDay(bytes.getInt(at) ^ Integer.MIN_VALUE).toString();
  }

  @Override
  void parse(String text, Bytes out) {
    out.putInt(Math.toIntExact(LocalDate.parse(text).toEpochDay()) ^ Integer.MIN_VALUE);
  }
}
