package io.cesync.trigger;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The distinct TTLs of what a mutation writes, in seconds. Not thread-safe. */
final class Timers {
  /** More expiries of one key than that are drawn together, the earlier ones to the later. */
  static final int MAX = 16;

  private NavigableSet<Integer> ttls = Collections.emptyNavigableSet();
  private int last;

  void add(int ttl) {
    if (ttl == last) {
      return; // all but always there is one
    }
    if (last == 0) {
      ttls = new TreeSet<>();
    }
    last = ttl;
    ttls.add(ttl);
  }

  void addTo(Timers others) {
    for (int ttl : ttls) {
      others.add(ttl);
    }
  }

  /** At most {@link #MAX}, ascending; every TTL that was added has one that is not shorter. */
  NavigableSet<Integer> ttls() {
    NavigableSet<Integer> coarse = ttls;
    for (int step = 2; coarse.size() > MAX; step *= 2) {
      NavigableSet<Integer> rounded = new TreeSet<>();
      for (int ttl : ttls) {
        rounded.add(Math.min(ttls.last(), (ttl + step - 1) / step * step));
      }
      coarse = rounded;
    }
    return coarse;
  }
}
