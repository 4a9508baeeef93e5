package io.cesync.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.mapping.TimestampField.Unit;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times in the unit that an index counts in, as searches sort by them and ask for them. Pure.
 *
 * <p>Dates are asked for in a format that is given, whatever the field's own is: a number would be
 * read in that.
 */
final class Ticks {

  /** After all times. */
  static final long END = Long.MAX_VALUE;

  /** All nine digits: servers complete what is missing as they like. */
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT);

  /** As far as nanoseconds reach: 1970 to 2262. */
  private static final long LAST_MICROS = Long.MAX_VALUE / 1_000;

  private Ticks() {}

  /** The tick that a time in microseconds is in. */
  static long floor(Unit unit, long micros) {
    return switch (unit) {
      case MILLIS -> Math.floorDiv(micros, 1_000);
      case MICROS -> micros;
      case NANOS -> Math.max(0, Math.min(micros, LAST_MICROS) * 1_000);
    };
  }

  /** The first tick that isn't before a time in microseconds. */
  static long ceiling(Unit unit, long micros) {
    if (micros == Long.MAX_VALUE) {
      return END;
    }
    return switch (unit) {
      case MILLIS -> Math.floorDiv(micros - 1, 1_000) + 1;
      case MICROS -> micros;
      case NANOS -> floor(unit, micros);
    };
  }

  /** Puts a bound into a range query. */
  static void put(Unit unit, ObjectNode range, String bound, long tick) {
    switch (unit) {
      case MILLIS -> range.put(bound, tick).put("format", "epoch_millis");
      case MICROS -> range.put(bound, tick);
      case NANOS ->
          range
              .put(
                  bound,
                  NANOS.format(
                      Instant.ofEpochSecond(
                              Math.floorDiv(tick, 1_000_000_000L),
                              Math.floorMod(tick, 1_000_000_000L))
                          .atOffset(ZoneOffset.UTC)))
              .put("format", "strict_date_optional_time_nanos");
    }
  }
}
