package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Puts entries of any age into the change log, as a coordinator with a slow way there would. */
final class LateLog {
  private static final long UUID_EPOCH_MICROS = -12_219_292_800_000_000L;

  private final CqlSession session;
  private final String keyspace;
  private final String table;
  private final Random random;
  private final PreparedStatement insert;

  LateLog(CqlSession session, String keyspace, String table, Random random) {
    this.session = session;
    this.keyspace = keyspace;
    this.table = table;
    this.random = random;
    this.insert =
        session.prepare(
            "INSERT INTO logger.log (logged_keyspace, logged_table, time_bucket, shard, time_uuid,"
                + " operation, logged_key, updated_columns, write_time)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /** An entry of that time, in microseconds since 1970; often twice, under another id. */
  void add(String operation, String key, Set<String> columns, long micros) {
    int shard = Math.floorMod(key.hashCode(), 4);
    for (int copies = random.nextInt(4) == 0 ? 2 : 1; copies > 0; copies--) {
      long bucket = micros / 300_000_000 * 300;
      session.execute(
          insert.bind(
              keyspace,
              table,
              Instant.ofEpochSecond(bucket),
              shard,
              timeUuid(micros),
              operation,
              key,
              columns,
              micros));
    }
  }

  /** With that time, and otherwise random. */
  private UUID timeUuid(long micros) {
    long ticks = (micros - UUID_EPOCH_MICROS) * 10 + random.nextInt(10);
    long most =
        (ticks << 32) | ((ticks >>> 16) & 0xFFFF0000L) | 0x1000L | ((ticks >>> 48) & 0x0FFFL);
    UUID id = new UUID(most, (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    if (Uuids.unixTimestamp(id) != micros / 1000) {
      throw new IllegalStateException(id + " is not of " + micros);
    }
    return id;
  }
}
