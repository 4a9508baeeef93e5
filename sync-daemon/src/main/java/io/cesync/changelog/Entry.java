package io.cesync.changelog;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.row.RowKey;
import java.util.Set;
import java.util.UUID;

/**
 * One row of the change log.
 *
 * @param id when the coordinator saw the write; for {@link Operation#EXPIRE}, when its cells expire
 * @param columns the columns that the write set or nulled
 * @param nulled those of them that it nulled
 * @param writeTime Cassandra's timestamp in microseconds, or {@link #UNKNOWN}
 */
public record Entry(
    UUID id,
    Operation operation,
    RowKey key,
    Set<String> columns,
    Set<String> nulled,
    long writeTime) {

  /** The write time of an LWT, a counter update or an expiry. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** Milliseconds since 1970, by the coordinator's clock. */
  public long millis() {
    return Uuids.unixTimestamp(id);
  }

  public boolean hasWriteTime() {
    return writeTime != UNKNOWN;
  }
}
