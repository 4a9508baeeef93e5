package io.cesync.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which streams stand still: those with work, and no progress for a time. Confined to one
 * thread.
 */
final class Stalls {
  private final long afterMillis;
  private final Map<StreamName, Seen> seen = new HashMap<>();

  private record Seen(Object progress, long since) {}

  Stalls(Duration after) {
    this.afterMillis = after.toMillis();
  }

  /**
   * Those that stand still, and for how many milliseconds.
   *
   * @param signs of all streams; others are forgotten
   */
  Map<StreamName, Long> look(Map<StreamName, Sign> signs, long now) {
    seen.keySet().retainAll(signs.keySet());
    Map<StreamName, Long> stalled =
        new TreeMap<>(java.util.Comparator.comparing(StreamName::toString));
    signs.forEach(
        (name, sign) -> {
          Seen before = seen.get(name);
          if (before == null || !sign.work() || !before.progress.equals(sign.progress())) {
            seen.put(name, new Seen(sign.progress(), now));
          } else if (now - before.since >= afterMillis) {
            stalled.put(name, now - before.since);
          }
        });
    return stalled;
  }
}
