package io.cesync.settings;

import io.cesync.yaml.SingleValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, as 500B, 64KiB, 5MiB or 1GiB. */
public record ByteSize(long bytes) implements SingleValue, Comparable<ByteSize> {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

  /**
   * Reads a number with its unit.
   *
   * @throws IllegalArgumentException "a size…"
   */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a size with its unit (B, KiB, MiB, GiB), such as 5MiB");
    }
    return new ByteSize(Long.parseLong(matcher.group(1)) << shift(matcher.group(2)));
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "B" -> 0;
      case "KiB" -> 10;
      case "MiB" -> 20;
      default -> 30;
    };
  }

  @Override
  public String toString() {
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      if (bytes != 0 && bytes % (1L << shift(unit)) == 0) {
        return (bytes >> shift(unit)) + unit;
      }
    }
    return bytes + "B";
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }
}
