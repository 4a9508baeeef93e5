package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cassandra.db.DecoratedKey;
import org.apache.cassandra.db.Mutation;
import org.apache.cassandra.db.partitions.PartitionUpdate;
import org.apache.cassandra.db.rows.Row;
import org.apache.cassandra.utils.MurmurHash;

/** Makes rows of the log out of entries: one mutation per partition of the log. Thread-safe. */
final class LogMutations {
  private final TimeUuids ids;

  LogMutations(TimeUuids ids) {
    this.ids = ids;
  }

  /**
   * @param partitionKey of the logged table; it chooses the shard
   */
  List<Mutation> of(LoggedTable table, ByteBuffer partitionKey, List<Entry> entries, LogTable log) {
    int shard = shard(partitionKey, log.layout.shards);
    Entry first = entries.get(0);
    if (entries.size() == 1 && first.ttl == 0) {
      return Collections.singletonList(one(table, shard, first, log));
    }
    long now = ids.nowMicros();
    // Timers, or the turn of a bucket, bring more than one partition.
    Map<Long, PartitionUpdate.SimpleBuilder> partitions = new LinkedHashMap<>();
    for (Entry entry : entries) {
      long expiry = entry.ttl == 0 ? 0 : expirySecond(now, entry.ttl);
      TimeUuid id = entry.ttl == 0 ? ids.next() : ids.at(expiry);
      int ttl = log.layout.ttl(entry.ttl == 0 ? 0 : expiry - now / 1_000_000);
      PartitionUpdate.SimpleBuilder partition =
          partitions.computeIfAbsent(
              id.bucket(log.layout.bucketSeconds),
              bucket -> partition(log, table, bucket, shard).timestamp(now));
      add(partition.row(id.bytes()).ttl(ttl), entry);
    }
    List<Mutation> mutations = new ArrayList<>(partitions.size());
    for (PartitionUpdate.SimpleBuilder partition : partitions.values()) {
      mutations.add(partition.buildAsMutation());
    }
    return Collections.unmodifiableList(mutations);
  }

  /** The same for what nearly every mutation is. */
  private Mutation one(LoggedTable table, int shard, Entry entry, LogTable log) {
    TimeUuid id = ids.next();
    long bucket = id.bucket(log.layout.bucketSeconds);
    DecoratedKey known = table.recentKeys.find(bucket, shard);
    PartitionUpdate.SimpleBuilder partition =
        known == null
            ? partition(log, table, bucket, shard)
            : PartitionUpdate.simpleBuilder(log.metadata, known);
    add(partition.timestamp(id.ticks / 10).ttl(log.layout.ttl(0)).row(id.bytes()), entry);
    Mutation mutation = partition.buildAsMutation();
    if (known == null) {
      table.recentKeys.remember(bucket, shard, mutation.key());
    }
    return mutation;
  }

  /** When a TTL is over on every node: the next second after now, plus one, as clocks differ. */
  private static long expirySecond(long nowMicros, int ttl) {
    return Math.floorDiv(nowMicros + 999_999, 1_000_000) + ttl + 1;
  }

  private static PartitionUpdate.SimpleBuilder partition(
      LogTable log, LoggedTable table, long bucket, int shard) {
    // As buffers: what other classes the builder takes depends on the version.
    return PartitionUpdate.simpleBuilder(
        log.metadata,
        table.keyspace(),
        table.name(),
        ByteBuffer.allocate(8).putLong(0, bucket),
        ByteBuffer.allocate(4).putInt(0, shard));
  }

  private static void add(Row.SimpleBuilder row, Entry entry) {
    row.add("operation", entry.operation.text).add("logged_key", entry.key.duplicate());
    if (entry.updatedColumns != null) {
      row.add("updated_columns", entry.updatedColumns);
    }
    if (entry.nulledColumns != null) {
      row.add("nulled_columns", entry.nulledColumns);
    }
    if (entry.writeTime != Entry.NO_WRITE_TIME) {
      row.add("write_time", ByteBuffer.allocate(8).putLong(0, entry.writeTime));
    }
  }

  private static int shard(ByteBuffer key, int shards) {
    long[] hash = new long[2];
    MurmurHash.hash3_x64_128(key, key.position(), key.remaining(), 0, hash);
    return (int) Math.floorMod(hash[0], (long) shards);
  }
}
