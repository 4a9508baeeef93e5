package io.cesync.cli;

import io.cesync.UserError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as a person gives them. */
final class LogTimes {

  private static final Pattern AGO = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private LogTimes() {}

  /**
   * A time: how long ago ({@code 10m}), an instant, or a date and time of the zone.
   *
   * @throws UserError if it is none of these
   */
  static Instant parse(String option, String text, Instant now, ZoneId zone) {
    Matcher ago = AGO.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (ago.matches()) {
      return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeException e) {
      return local(option, text, zone);
    }
  }

  private static Instant local(String option, String text, ZoneId zone) {
    try {
      return LocalDateTime.parse(text.strip().replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new UserError(
          option
              + " is '"
              + text
              + "', but must be how long ago (30s, 10m, 2h, 1d), an instant (2026-01-31T12:00:00Z), or a local date and time (2026-01-31T12:00)");
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
