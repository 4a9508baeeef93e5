package io.cesync.trigger;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.cassandra.db.DecoratedKey;

/**
 * Remembers the log's partition keys of the current bucket, of one logged table: to make one (four
 * values, a composite, its token) is a fifth of what an entry costs. Thread-safe.
 */
final class RecentKeys {
  private final AtomicReferenceArray<Recent> byShard = new AtomicReferenceArray<>(16);

  private static final class Recent {
    final long bucket;
    final int shard;
    final DecoratedKey key;

    Recent(long bucket, int shard, DecoratedKey key) {
      this.bucket = bucket;
      this.shard = shard;
      this.key = key;
    }
  }

  /** Null if not remembered. */
  DecoratedKey find(long bucket, int shard) {
    Recent recent = byShard.get(shard % byShard.length());
    return recent != null && recent.bucket == bucket && recent.shard == shard ? recent.key : null;
  }

  void remember(long bucket, int shard, DecoratedKey key) {
    byShard.set(shard % byShard.length(), new Recent(bucket, shard, key));
  }
}
