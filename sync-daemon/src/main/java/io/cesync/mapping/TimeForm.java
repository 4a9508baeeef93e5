package io.cesync.mapping;

import java.nio.ByteBuffer;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/** time: nanoseconds of the day, always with nine digits, so that texts sort like times. */
final class TimeForm extends Scalar {
  private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn");

  TimeForm() {
    super("a time such as 13:30:54.000000001");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 8 && bytes.getLong(at) >= 0 && bytes.getLong(at) < TimeUnit.DAYS.toNanos(1);
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return LocalTime.ofNanoOfDay(bytes.getLong(at)).format(NANOS);
  }

  @Override
  void parse(String text, Bytes out) {
    out.putLong(LocalTime.parse(text).toNanoOfDay());
  }
}
