package io.cesync.changelog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the change log is partitioned. Its only source is the comment of the log table, which the
 * trigger reads too.
 *
 * @param bucketSeconds width of a time bucket
 * @param shards number of shards
 */
public record LogLayout(int bucketSeconds, int shards) {

  private static final Pattern BUCKET = Pattern.compile("\\bbucket_seconds=(\\d{1,9})\\b");
  private static final Pattern SHARDS = Pattern.compile("\\bshards=(\\d{1,5})\\b");

  public LogLayout {
    if (bucketSeconds < 1 || shards < 1) {
      throw new IllegalArgumentException(
          "bucket_seconds and shards must be at least 1, not " + bucketSeconds + " and " + shards);
    }
  }

  /**
   * Reads a log table's comment.
   *
   * @throws IllegalArgumentException if it doesn't say both figures
   */
  public static LogLayout ofComment(String comment) {
    return new LogLayout(figure(BUCKET, comment), figure(SHARDS, comment));
  }

  private static int figure(Pattern pattern, String comment) {
    Matcher matcher = pattern.matcher(comment);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "the change log's comment must say bucket_seconds=N and shards=N, but is '"
              + comment
              + "'");
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** What the comment of a log table with this layout says. */
  public String comment() {
    return "cesync change log; bucket_seconds=" + bucketSeconds + "; shards=" + shards;
  }

  /** The start of the bucket that holds a time, both in milliseconds since 1970. */
  public long bucketOf(long millis) {
    return Math.floorDiv(millis, bucketMillis()) * bucketMillis();
  }

  public long bucketMillis() {
    return bucketSeconds * 1000L;
  }
}
