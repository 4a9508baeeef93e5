package io.cesync.sync;

import io.cesync.changelog.Entry;
import io.cesync.row.RowKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows that were brought over lately, each with the time that all its columns had when it was read,
 * at least. An entry whose write is older can't show any more, so it is done already: in a backlog
 * most keys' second and later entries are. That stays true whatever happens to the row later, since
 * that has entries of its own. Bounded; confined to the loop's thread.
 *
 * <p>Of the entries whose write is exactly as old, one must be the one that showed. Another may be
 * a write with the same timestamp that was not visible yet, so only the first of them is covered.
 */
final class Shown {

  private final int mostKeys;
  private final long mostChars;

  /** Entries older than this are covered. */
  private final Map<RowKey, Long> limits = new LinkedHashMap<>();

  private long chars;

  Shown(int mostKeys, long mostChars) {
    this.mostKeys = mostKeys;
    this.mostChars = mostChars;
  }

  /**
   * A row is on the other side as it was read.
   *
   * @param oldestWriteTime of all columns, none of which was null
   * @param newestEntry the write time of the newest entry that led to the read
   */
  void put(RowKey key, long oldestWriteTime, long newestEntry) {
    long limit = newestEntry < oldestWriteTime ? oldestWriteTime + 1 : oldestWriteTime;
    if (limits.put(key, limit) == null) {
      chars += key.json().length();
    }
    while (limits.size() > mostKeys || chars > mostChars) {
      var eldest = limits.keySet().iterator();
      chars -= eldest.next().json().length();
      eldest.remove();
    }
  }

  /** Whether an entry's write was seen by a read whose document was written. */
  boolean covers(Entry entry) {
    boolean sets =
        switch (entry.operation()) {
          case INSERT, UPDATE -> entry.hasWriteTime() && entry.nulled().isEmpty();
          case STATIC, DELETE, DELETE_RANGE, DELETE_PARTITION, UPDATE_PARTITION, EXPIRE -> false;
        };
    Long limit = sets ? limits.get(entry.key()) : null;
    if (limit == null || entry.writeTime() >= limit) {
      return false;
    }
    if (entry.writeTime() == limit - 1) {
      limits.put(entry.key(), limit - 1);
    }
    return true;
  }

  /** Of another schema, nothing is known. */
  void clear() {
    limits.clear();
    chars = 0;
  }
}
