package io.cesync.trigger;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the log table is laid out, which only the table itself says. Immutable. */
final class LogLayout {
  static final String KEYSPACE = "logger";
  static final String TABLE = "log";
  static final String FULL_NAME = KEYSPACE + "." + TABLE;

  /** Cassandra's longest TTL: 20 years. */
  private static final int MAX_TTL = 20 * 365 * 24 * 60 * 60;

  final int bucketSeconds;
  final int shards;

  /** For how long an entry is kept, in seconds; 0 for ever. */
  final int retentionSeconds;

  private LogLayout(int bucketSeconds, int shards, int retentionSeconds) {
    this.bucketSeconds = bucketSeconds;
    this.shards = shards;
    this.retentionSeconds = retentionSeconds;
  }

  /**
   * @param comment has {@code bucket_seconds=N} and {@code shards=N}
   * @throws IllegalArgumentException if it has not; the message is made for the operator
   */
  static LogLayout parse(String comment, int retentionSeconds) {
    return new LogLayout(
        positive("bucket_seconds", comment), positive("shards", comment), retentionSeconds);
  }

  /** The TTL of an entry that is dated some seconds from now. */
  int ttl(long secondsFromNow) {
    return retentionSeconds == 0 ? 0 : (int) Math.min(MAX_TTL, secondsFromNow + retentionSeconds);
  }

  private static int positive(String name, String comment) {
    Matcher matcher =
        Pattern.compile("(?<![a-z_])" + name + "=([1-9][0-9]{0,8})(?![0-9])").matcher(comment);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          String.format(
              "its comment must have %s=N with N from 1 to 999999999, but is '%s'", name, comment));
    }
    return Integer.parseInt(matcher.group(1));
  }
}
