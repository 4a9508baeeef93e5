package io.cesync.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as settings write them: 50ms, 1s, 10m, 12h, 7d. */
final class Durations {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

  private Durations() {}

  static Duration parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a duration with its unit (ms, s, m, h, d), such as 50ms, 1s or 7d");
    }
    return Duration.ofMillis(Long.parseLong(matcher.group(1)) * millis(matcher.group(2)));
  }

  /** In the greatest unit that keeps it exact. */
  static String format(Duration duration) {
    long value = duration.toMillis();
    for (String unit : UNITS) {
      if (value != 0 && value % millis(unit) == 0) {
        return value / millis(unit) + unit;
      }
    }
    return value + "s";
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
