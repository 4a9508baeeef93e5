package io.cesync.verify;

import io.cesync.row.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that differed when they were seen first. They may just be on their way, so they are looked
 * at again, a few times, until the longest that a change may take is over. Thread-safe.
 */
final class Suspects {

  /** Both sides of a key, as hashes; equal ones mean that nothing was written meanwhile. */
  private record Seen(int row, int document) {
    boolean bothMoved(Seen before) {
      return row != before.row && document != before.document;
    }
  }

  /** Bounds memory. Where more differ, something is wrong that no list can tell. */
  static final int MOST = 100_000;

  private static final int BATCH = 500;

  /** For keys that are being written to all the time. */
  private static final int MORE_LOOKS = 10;

  private static final long MORE_MILLIS = 1_000;

  private final Sides sides;
  private final Comparison comparison;
  private final Set<RowKey> keys = new LinkedHashSet<>();
  private boolean full;

  Suspects(Sides sides, Comparison comparison) {
    this.sides = sides;
    this.comparison = comparison;
  }

  synchronized void add(RowKey key) {
    if (keys.size() < MOST) {
      keys.add(key);
    } else {
      full = true;
    }
  }

  /** Whether there were too many of them to go on. */
  synchronized boolean isFull() {
    return full;
  }

  /**
   * Those that still differ after the waits, and how many kept changing on both sides, so that
   * nothing can be said of them.
   */
  Settled settle(List<Long> waitMillis) throws InterruptedException {
    Map<RowKey, Seen> open = new LinkedHashMap<>();
    Map<RowKey, Difference> found = new LinkedHashMap<>();
    Set<RowKey> moving = new LinkedHashSet<>();
    synchronized (this) {
      keys.forEach(key -> open.put(key, null));
    }
    for (int i = 0; i < waitMillis.size() + MORE_LOOKS && !open.isEmpty(); i++) {
      boolean more = i >= waitMillis.size();
      if (more && moving.isEmpty()) {
        break;
      }
      Thread.sleep(more ? MORE_MILLIS : waitMillis.get(i));
      List<RowKey> asked = new ArrayList<>(more ? moving : open.keySet());
      moving.clear();
      for (int from = 0; from < asked.size(); from += BATCH) {
        look(asked.subList(from, Math.min(asked.size(), from + BATCH)), open, found, moving);
      }
    }
    moving.forEach(found::remove);
    return new Settled(found, moving.size());
  }

  /**
   * What came of it.
   *
   * @param moving how many keys changed whenever they were looked at
   */
  record Settled(Map<RowKey, Difference> differences, int moving) {}

  private void look(
      List<RowKey> asked,
      Map<RowKey, Seen> open,
      Map<RowKey, Difference> found,
      Set<RowKey> moving) {
    Map<RowKey, byte[]> rows = new HashMap<>(sides.rows(asked));
    Iterator<byte[]> documents = sides.documents(asked).iterator();
    for (RowKey key : asked) {
      byte[] row = rows.get(key);
      byte[] document = documents.next();
      Optional<Difference> difference = comparison.compare(sides.id(key), row, document);
      if (difference.isEmpty()) {
        open.remove(key);
        found.remove(key);
        continue;
      }
      Seen now = new Seen(Arrays.hashCode(row), Arrays.hashCode(document));
      Seen before = open.put(key, now);
      found.put(key, difference.get());
      if (before == null || now.bothMoved(before)) {
        moving.add(key);
      }
    }
  }
}
