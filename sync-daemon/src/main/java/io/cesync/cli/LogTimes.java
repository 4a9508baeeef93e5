package io.cesync.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as a person gives them. */
final class LogTimes {

  private static final Pattern AGO = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private LogTimes() {}

  /**
   * A time: how long ago ({@code 10m}), an instant, or a date, with or without a time, of the zone.
   *
   * @throws IllegalArgumentException with what it should be
   */
  static Instant parse(String text, Instant now, ZoneId zone) {
    String trimmed = text.strip();
    Matcher ago = AGO.matcher(trimmed.toLowerCase(Locale.ROOT));
    try {
      if (ago.matches()) {
        return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
      }
      if (trimmed.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(trimmed).atStartOfDay(zone).toInstant();
      }
      String iso = trimmed.replace(' ', 'T');
      return iso.matches(".*T.*([zZ]|[+-][0-9:]+)")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "how long ago (30s, 10m, 2h, 1d), an instant (2026-01-31T12:00:00Z), or a local date and time (2026-01-31T12:00)",
          e);
    }
  }

  private static Duration duration(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
