package io.cesync.trigger;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A row of {@code logger.log}.
 *
 * @param updated null if the log has null
 * @param nulled null if the log has null
 * @param writeTime null if the log has null
 * @param ttl what is left of it, in seconds
 */
record LogEntry(
    String operation,
    String key,
    Set<String> updated,
    Set<String> nulled,
    Long writeTime,
    UUID id,
    Instant bucket,
    int shard,
    int ttl) {
  static LogEntry of(Row row) {
    return new LogEntry(
        row.getString("operation"),
        row.getString("logged_key"),
        set(row, "updated_columns"),
        set(row, "nulled_columns"),
        row.get("write_time", Long.class),
        row.getUuid("time_uuid"),
        row.getInstant("time_bucket"),
        row.getInt("shard"),
        row.getInt("left"));
  }

  private static Set<String> set(Row row, String column) {
    return row.isNull(column) ? null : row.getSet(column, String.class);
  }

  Instant time() {
    return Instant.ofEpochMilli(Uuids.unixTimestamp(id));
  }

  /** Operation and key, which is all that most tests are about. */
  String brief() {
    return operation + " " + key;
  }

  boolean isInItsBucket(Duration width) {
    return !time().isBefore(bucket) && time().isBefore(bucket.plus(width));
  }
}
