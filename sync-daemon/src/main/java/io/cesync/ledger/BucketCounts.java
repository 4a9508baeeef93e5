package io.cesync.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many places whole buckets have, as far as that was read since something was last written
 * there. Old buckets hardly change, so counting all of a ledger mostly costs no request. Right as
 * long as nobody else writes the ledger. Some 100 bytes a bucket. Thread-safe.
 */
final class BucketCounts {

  /** Of one table. */
  record Bucket(String era, int shard, long number) {}

  /** A count is only kept if no write began or was under way since it was asked for. */
  private static final class Slot {
    private int writing;
    private long version;
    private OptionalLong count = OptionalLong.empty();
  }

  private final Map<Bucket, Slot> slots = new HashMap<>();

  synchronized OptionalLong of(Bucket bucket) {
    Slot slot = slots.get(bucket);
    return slot == null ? OptionalLong.empty() : slot.count;
  }

  /** Something is about to be written to these. */
  synchronized void writing(Collection<Bucket> buckets) {
    for (Bucket bucket : buckets) {
      Slot slot = slot(bucket);
      slot.writing++;
      slot.version++;
      slot.count = OptionalLong.empty();
    }
  }

  /** It is written. Not to be called if that failed: it may be written yet, nobody knows when. */
  synchronized void written(Collection<Bucket> buckets) {
    for (Bucket bucket : buckets) {
      Slot slot = slot(bucket);
      slot.writing--;
      slot.version++;
    }
  }

  /** Call it before a bucket is read, and give the answer to {@link #read}. */
  synchronized long reading(Bucket bucket) {
    return slot(bucket).version;
  }

  synchronized void read(Bucket bucket, long reading, long count) {
    Slot slot = slot(bucket);
    if (slot.writing == 0 && slot.version == reading) {
      slot.count = OptionalLong.of(count);
    }
  }

  private Slot slot(Bucket bucket) {
    return slots.computeIfAbsent(bucket, b -> new Slot());
  }
}
