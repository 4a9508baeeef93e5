package io.cesync.snapshot;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.changelog.LogLayout;
import io.cesync.changelog.LogTable;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes {@code expire} entries for rows that had a TTL before the trigger was there, as it would
 * have. Thread-safe.
 */
public final class ExpiryLog {

  /** Cassandra's longest TTL. */
  private static final int MOST_TTL = 630_720_000;

  private final CqlSession session;
  private final LogLayout layout;
  private final Clock clock;
  private final int retentionSeconds;
  private final String keyspace;
  private final String table;
  private final PreparedStatement insert;

  /**
   * @param retentionSeconds how long an entry is kept after its time
   */
  public ExpiryLog(
      CqlSession session,
      LogTable log,
      LogLayout layout,
      int retentionSeconds,
      String keyspace,
      String table,
      Clock clock) {
    this.session = session;
    this.layout = layout;
    this.retentionSeconds = retentionSeconds;
    this.keyspace = keyspace;
    this.table = table;
    this.clock = clock;
    insert =
        session.prepare(
            "INSERT INTO "
                + log.cql()
                + " (logged_keyspace, logged_table, time_bucket, shard, time_uuid, operation,"
                + " logged_key) VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?");
  }

  /** Has a row looked at again when cells of it are gone. */
  public CompletionStage<Void> write(RowKey key, int ttlSeconds) {
    // A second more: expiry is by whole seconds.
    long at = clock.millis() + (ttlSeconds + 1) * 1000L;
    int shard = Math.floorMod(key.partition().hashCode(), layout.shards());
    int kept = (int) Math.min(MOST_TTL, (long) ttlSeconds + retentionSeconds);
    return session
        .executeAsync(
            insert
                .bind(
                    keyspace,
                    table,
                    Instant.ofEpochMilli(layout.bucketOf(at)),
                    shard,
                    idAt(at),
                    Operation.EXPIRE.logName(),
                    key.json(),
                    kept)
                .setIdempotent(true))
        .thenAccept(done -> {});
  }

  private static UUID idAt(long millis) {
    // Variant 2, and a random clock sequence and node.
    long random = ThreadLocalRandom.current().nextLong() & 0x3fffffffffffffffL;
    return new UUID(Uuids.startOf(millis).getMostSignificantBits(), random | 0x8000000000000000L);
  }
}
