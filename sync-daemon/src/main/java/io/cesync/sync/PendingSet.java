package io.cesync.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keys, of which all are looked at now and then: in one list, since going through one map for each
 * partition takes many times as long. A key is in one set at most. Confined to one thread.
 */
final class PendingSet {

  private final List<Pending> all = new ArrayList<>();
  private long chars;

  void add(Pending added) {
    chars += added.key.json().length();
    added.slot = all.size();
    all.add(added);
  }

  /** It must be here. */
  void remove(Pending removed) {
    chars -= removed.key.json().length();
    Pending last = all.remove(all.size() - 1);
    if (removed.slot < all.size()) {
      all.set(removed.slot, last);
      last.slot = removed.slot;
    }
  }

  int size() {
    return all.size();
  }

  /** Of the keys. */
  long chars() {
    return chars;
  }

  boolean isAny(Predicate<Pending> test) {
    for (Pending each : all) {
      if (test.test(each)) {
        return true;
      }
    }
    return false;
  }
}
