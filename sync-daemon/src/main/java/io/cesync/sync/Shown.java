package io.cesync.sync;

import io.cesync.changelog.Entry;
import io.cesync.row.RowKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows that were brought over lately, each with the time that all its columns had when it was read,
 * at least. An entry from well before that read whose write is no newer is done already: what it
 * wrote was seen, or was overwritten. In a backlog most keys' second and later entries are of that
 * kind. Bounded; confined to the loop's thread.
 */
final class Shown {

  private record Look(long takenAt, long oldestWriteTime) {}

  private final int mostKeys;
  private final long mostChars;
  private final long settled;
  private final Map<RowKey, Look> looks = new LinkedHashMap<>();
  private long chars;

  /**
   * @param settled milliseconds after which an entry's write is visible, unless it is replayed
   */
  Shown(int mostKeys, long mostChars, long settled) {
    this.mostKeys = mostKeys;
    this.mostChars = mostChars;
    this.settled = settled;
  }

  /**
   * A row is on the other side as it was read.
   *
   * @param takenAt before it was read, in milliseconds
   * @param oldestWriteTime of all columns, none of which was null
   */
  void put(RowKey key, long takenAt, long oldestWriteTime) {
    if (looks.put(key, new Look(takenAt, oldestWriteTime)) == null) {
      chars += key.json().length();
    }
    while (looks.size() > mostKeys || chars > mostChars) {
      Iterator<RowKey> eldest = looks.keySet().iterator();
      chars -= eldest.next().json().length();
      eldest.remove();
    }
  }

  /** Whether a read whose document was written says all that there is to say about an entry. */
  boolean covers(Entry entry) {
    boolean sets =
        switch (entry.operation()) {
          case INSERT, UPDATE -> entry.hasWriteTime() && entry.nulled().isEmpty();
          case STATIC, DELETE, DELETE_RANGE, DELETE_PARTITION, UPDATE_PARTITION, EXPIRE -> false;
        };
    Look look = sets ? looks.get(entry.key()) : null;
    return look != null
        && entry.millis() <= look.takenAt - settled
        && entry.writeTime() <= look.oldestWriteTime;
  }

  /** Of another schema, nothing is known. */
  void clear() {
    looks.clear();
    chars = 0;
  }
}
