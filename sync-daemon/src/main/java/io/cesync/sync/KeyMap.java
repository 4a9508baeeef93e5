package io.cesync.sync;

import io.cesync.row.RowKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Keys of one partition. Mostly that is one, of a hundred thousand partitions: then it is small.
 */
final class KeyMap {

  private Map<RowKey, Pending> all = Map.of();

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Null if it isn't here. */
  Pending get(RowKey key) {
    return all.get(key);
  }

  Collection<RowKey> keys() {
    return all.keySet();
  }

  /** Its key isn't here. */
  void add(Pending added) {
    if (all.isEmpty()) {
      all = Map.of(added.key, added);
      return;
    }
    if (all.size() == 1) {
      all = new HashMap<>(all);
    }
    all.put(added.key, added);
  }

  /** False if it wasn't here. */
  boolean remove(Pending removed) {
    if (all.get(removed.key) != removed) {
      return false;
    }
    if (all.size() == 1) {
      all = Map.of();
    } else {
      all.remove(removed.key);
    }
    return true;
  }
}
