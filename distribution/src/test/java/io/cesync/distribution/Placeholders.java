package io.cesync.distribution;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guide's names of hosts, folders and data centres, and what they are here. A name of {@code
 * .example} that isn't known is an error.
 */
final class Placeholders {
  /** Longer ones first. */
  private final Map<String, String> values =
      new TreeMap<>((a, b) -> a.length() != b.length() ? b.length() - a.length() : a.compareTo(b));

  private Pattern pattern = Pattern.compile("(?!)");

  Placeholders with(String name, String value) {
    values.put(name, value);
    pattern =
        Pattern.compile(
            values.keySet().stream()
                // A folder, not the end of another's name.
                .map(known -> (known.startsWith("/") ? "(?<![\\w./-])" : "") + Pattern.quote(known))
                .reduce((a, b) -> a + "|" + b)
                .orElseThrow());
    return this;
  }

  String replaceIn(String text) {
    String replaced =
        pattern.matcher(text).replaceAll(m -> Matcher.quoteReplacement(values.get(m.group())));
    if (replaced.contains(".example")) {
      throw new IllegalArgumentException("an unknown placeholder in: " + replaced);
    }
    return replaced;
  }
}
