package io.cesync.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cesync.Micros;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How the times of a field are told in JSON: by one of several formats, the first of which is
 * written. Times are in microseconds since 1970. Immutable, thread-safe.
 */
final class TimestampFormats {

  /** Larger numbers can only be microseconds: as milliseconds this is the year 5138. */
  private static final long LARGEST_MILLIS = 100_000_000_000_000L;

  /** One of them; it reads what it can and throws {@link DateTimeException} of what it can't. */
  private interface Format {
    long read(String text);

    /** As JSON. */
    String write(long micros);
  }

  /** A format that isn't known here. */
  static final class UnknownFormatException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownFormatException(String format) {
      super(format);
    }
  }

  private static final Format MILLIS = new Epoch(3);
  private static final Format ISO = new Iso();

  /** Numbers of milliseconds, or so large that they are microseconds, and ISO 8601. */
  static final TimestampFormats USUAL = new TimestampFormats(List.of(ISO, MILLIS), true);

  /** Numbers of microseconds. */
  static final TimestampFormats MICROS = new TimestampFormats(List.of(new Epoch(0)), false);

  /** The names that Elasticsearch has for patterns, without {@code strict_}. */
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("date_time", "uuuu-MM-dd'T'HH:mm:ss.SSSXXX"),
          Map.entry("date_time_no_millis", "uuuu-MM-dd'T'HH:mm:ssXXX"),
          Map.entry("date_hour_minute_second", "uuuu-MM-dd'T'HH:mm:ss"),
          Map.entry("date_hour_minute_second_millis", "uuuu-MM-dd'T'HH:mm:ss.SSS"),
          Map.entry("date_hour_minute_second_fraction", "uuuu-MM-dd'T'HH:mm:ss.SSS"),
          Map.entry("date_hour_minute", "uuuu-MM-dd'T'HH:mm"),
          Map.entry("date_hour", "uuuu-MM-dd'T'HH"),
          Map.entry("date", "uuuu-MM-dd"),
          Map.entry("year_month_day", "uuuu-MM-dd"),
          Map.entry("basic_date", "uuuuMMdd"),
          Map.entry("basic_date_time", "uuuuMMdd'T'HHmmss.SSSXX"),
          Map.entry("basic_date_time_no_millis", "uuuuMMdd'T'HHmmssXX"));

  private final List<Format> formats;
  private final boolean guesses;

  private TimestampFormats(List<Format> formats, boolean guesses) {
    this.formats = formats;
    this.guesses = guesses;
  }

  /** What a mapping says as {@code format}; the usual ones if it says nothing. */
  static TimestampFormats of(JsonNode format) throws UnknownFormatException {
    if (format.isMissingNode()) {
      return USUAL;
    }
    List<Format> formats = new ArrayList<>();
    for (String name : format.asText().split("\\|\\|", -1)) {
      formats.add(named(name));
    }
    return new TimestampFormats(List.copyOf(formats), false);
  }

  private static Format named(String format) throws UnknownFormatException {
    String name = format.startsWith("strict_") ? format.substring(7) : format;
    return switch (name) {
      case "epoch_millis" -> MILLIS;
      case "epoch_second" -> new Epoch(6);
      case "date_optional_time", "date_optional_time_nanos", "dateOptionalTime", "iso8601" -> ISO;
      default -> pattern(format, name);
    };
  }

  private static Format pattern(String format, String name) throws UnknownFormatException {
    String pattern = NAMED.get(name);
    if (pattern != null) {
      return new Pattern(pattern, !name.startsWith("basic_"));
    } else if (name.matches("[a-z]+(_[a-z]+)+|[a-z]*(year|week|ordinal|time|hour)[a-z]*")) {
      throw new UnknownFormatException(format);
    }
    try {
      // Elasticsearch 6 told patterns for java.time from others by an 8.
      Pattern own = new Pattern(format.startsWith("8") ? format.substring(1) : format, false);
      own.read(own.text(0));
      return own;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UnknownFormatException(format);
    }
  }

  /** The time that a value's text tells; empty if it tells none. */
  OptionalLong read(String text) {
    if (guesses && text.matches("-?\\d{15,18}") && isMicros(Long.parseLong(text))) {
      return OptionalLong.of(Long.parseLong(text));
    }
    for (Format format : formats) {
      try {
        return OptionalLong.of(format.read(text));
      } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
        // Perhaps the next one can.
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isMicros(long number) {
    return Math.abs(number) >= LARGEST_MILLIS;
  }

  /** A time as JSON: what is finer than the format has is cut off. */
  String write(long micros) {
    return formats.get(0).write(micros);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** A number of units of a power of ten microseconds. */
  private record Epoch(int zeros) implements Format {
    @Override
    public long read(String text) {
      if (text.length() > 40) {
        throw new NumberFormatException("too long");
      }
      return new BigDecimal(text)
          .scaleByPowerOfTen(zeros)
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    }

    @Override
    public String write(long micros) {
      return BigDecimal.valueOf(micros, zeros).setScale(0, RoundingMode.FLOOR).toPlainString();
    }
  }

  /** ISO 8601, the parts from the right as far as they are there. */
  private record Iso() implements Format {
    private static final DateTimeFormatter READ =
        new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4, 9, SignStyle.NORMAL)
            .appendPattern("[-MM[-dd['T'[HH[:mm[:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("]]][XXX][XX][X]]]]")
            .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
            .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .toFormatter(Locale.ROOT);

    @Override
    public long read(String text) {
      if (text.matches("-?\\d{5,}")) {
        throw new DateTimeException("a number");
      }
      return micros(READ.parse(text.replace(',', '.')));
    }

    @Override
    public String write(long micros) {
      return "\"" + instant(micros) + "\"";
    }
  }

  /** One for {@link DateTimeFormatter}; UTC where it has no zone. */
  private static final class Pattern implements Format {
    private final DateTimeFormatter formatter;
    private final boolean readsIso;

    /**
     * @param readsIso for patterns that are a part of ISO 8601: servers take more or fewer digits
     */
    Pattern(String pattern, boolean readsIso) {
      this.formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
      this.readsIso = readsIso;
    }

    @Override
    public long read(String text) {
      return readsIso ? ISO.read(text) : micros(formatter.parse(text));
    }

    @Override
    public String write(long micros) {
      return new TextNode(text(micros)).toString();
    }

    String text(long micros) {
      return formatter.format(instant(micros).atOffset(ZoneOffset.UTC));
    }
  }

  private static long micros(TemporalAccessor read) {
    ZoneId zone = read.query(TemporalQueries.zone());
    LocalDate date = read.query(TemporalQueries.localDate());
    LocalTime time = read.query(TemporalQueries.localTime());
    if (date == null) {
      throw new DateTimeException("no date");
    }
    Instant instant =
        date.atTime(time == null ? LocalTime.MIDNIGHT : time)
            .atZone(zone == null ? ZoneOffset.UTC : zone)
            .toInstant();
    return Micros.of(instant);
  }
}
