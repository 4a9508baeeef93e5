package io.cesync.verify;

import io.cesync.row.RowKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differed when it was seen first, to be looked at again: it may just be on its way.
 * Thread-safe.
 */
final class Suspects {

  /** Bounds memory. Where more differ, something is wrong that no list can tell. */
  static final int MOST = 100_000;

  private final Set<RowKey> keys = new LinkedHashSet<>();

  /** Ids that are no keys, with the reasons. */
  private final Map<String, String> foreign = new LinkedHashMap<>();

  private boolean full;

  synchronized void add(RowKey key) {
    if (!keys.contains(key) && hasRoom()) {
      keys.add(key);
    }
  }

  synchronized void addForeign(String id, String reason) {
    if (!foreign.containsKey(id) && hasRoom()) {
      foreign.put(id, reason);
    }
  }

  private boolean hasRoom() {
    full |= keys.size() + foreign.size() >= MOST;
    return !full;
  }

  /** There were too many before. */
  synchronized void fill() {
    full = true;
  }

  /** Whether there were too many of them to go on. */
  synchronized boolean isFull() {
    return full;
  }

  synchronized List<RowKey> keys() {
    return List.copyOf(keys);
  }

  synchronized Map<String, String> foreign() {
    return new LinkedHashMap<>(foreign);
  }
}
