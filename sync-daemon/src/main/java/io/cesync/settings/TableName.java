package io.cesync.settings;

import io.cesync.yaml.SingleValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of a keyspace, by their names as Cassandra stores them (case-sensitive, without quotes).
 */
public record TableName(String keyspace, String table)
    implements SingleValue, Comparable<TableName> {
  private static final String PART = "([a-zA-Z][a-zA-Z0-9_]*|\"[a-zA-Z0-9_]+\")";
  private static final Pattern TEXT = Pattern.compile(PART + "\\." + PART);
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[a-z][a-z0-9_]*");

  /**
   * Reads {@code keyspace.table}, either part in double quotes if it has upper case. Upper case
   * without quotes is refused, since CQL would fold it.
   *
   * @throws IllegalArgumentException "keyspace.table…"
   */
  public static TableName parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("keyspace.table, such as shop.product");
    }
    return new TableName(unquoted(matcher.group(1)), unquoted(matcher.group(2)));
  }

  private static String unquoted(String part) {
    if (part.startsWith("\"")) {
      return part.substring(1, part.length() - 1);
    }
    if (!NEEDS_NO_QUOTES.matcher(part).matches()) {
      throw new IllegalArgumentException(
          "lower case, or with double quotes round a part that really has upper case ('shop.\"Product\"')");
    }
    return part;
  }

  /** As CQL and settings have it: parts in double quotes where they need some. */
  @Override
  public String toString() {
    return quoted(keyspace) + "." + quoted(table);
  }

  private static String quoted(String part) {
    return NEEDS_NO_QUOTES.matcher(part).matches() ? part : '"' + part + '"';
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }
}
