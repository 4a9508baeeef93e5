package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** timestamp: milliseconds, as {@code Instant.toString()} prints them. */
final class TimestampForm extends Scalar {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay() * DAY;
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

  TimestampForm() {
    super("an instant such as 2026-01-31T13:30:54.321Z");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 8;
  }

  /** The same as the text, in a fraction of the time. */
  @Override
  void write(ByteBuffer bytes, int at, int length, JsonGenerator json) throws IOException {
    long millis = bytes.getLong(at);
    if (millis < YEAR_0 || millis >= YEAR_10000) {
      super.write(bytes, at, length, json);
      return;
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
    int ofDay = (int) Math.floorMod(millis, DAY);
    byte[] text = new byte[24];
    digits(text, 0, 4, date.getYear(), '-');
    digits(text, 5, 2, date.getMonthValue(), '-');
    digits(text, 8, 2, date.getDayOfMonth(), 'T');
    digits(text, 11, 2, ofDay / 3_600_000, ':');
    digits(text, 14, 2, ofDay / 60_000 % 60, ':');
    int fraction = ofDay % 1000;
    digits(text, 17, 2, ofDay / 1000 % 60, fraction == 0 ? 'Z' : '.');
    if (fraction != 0) {
      digits(text, 20, 3, fraction, 'Z');
    }
    json.writeRawUTF8String(text, 0, fraction == 0 ? 20 : 24);
  }

  private static void digits(byte[] text, int at, int count, int number, char behind) {
    int rest = number;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    text[at + count] = (byte) behind;
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
