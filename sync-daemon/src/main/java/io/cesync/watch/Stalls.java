package io.cesync.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what stands still for too long; says once in the log that it does, and once that it no
 * longer does. Not thread-safe.
 */
final class Stalls {
  private static final Logger LOG = LoggerFactory.getLogger(Stalls.class);

  /** What mends within this was nothing. */
  private static final long NOTICE_MILLIS = 2_000;

  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, String> told = new HashMap<>();
  private long lastLook;

  private record Seen(Object progress, long since) {}

  /** What isn't as it should be, and what hasn't been for too long. */
  record Found(List<String> notices, List<String> problems) {}

  /**
   * Holds the signs against those of before.
   *
   * @param signs all that there are; others are forgotten
   */
  Found look(List<Sign> signs, long now) {
    List<String> notices = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    Set<String> standing = new HashSet<>();
    for (Sign sign : signs) {
      keys.add(sign.key());
      long millis = standsFor(sign, now);
      String text = sign.before() + " for " + millis / 1000 + " s" + sign.after();
      if (millis >= sign.limitMillis()) {
        problems.add(text);
        standing.add(sign.key());
        if (told.put(sign.key(), sign.before()) == null) {
          LOG.warn("{}.", text);
        }
      } else if (sign.isNotice() && millis >= NOTICE_MILLIS) {
        notices.add(text);
      }
    }
    lastLook = now;
    seen.keySet().retainAll(keys);
    // Of what isn't looked at any more nobody knows whether it is over.
    told.keySet().retainAll(keys);
    told.entrySet()
        .removeIf(
            entry -> {
              boolean over = !standing.contains(entry.getKey());
              if (over) {
                LOG.info("Over: {}.", entry.getValue());
              }
              return over;
            });
    return new Found(List.copyOf(notices), List.copyOf(problems));
  }

  private long standsFor(Sign sign, long now) {
    Seen before = seen.get(sign.key());
    if (before != null && !sign.isJudged() && before.progress.equals(sign.progress())) {
      // A server that is away now and then must not hide what stands still.
      before = new Seen(before.progress, before.since + now - lastLook);
      seen.put(sign.key(), before);
      return now - before.since;
    }
    if (before == null || !sign.isDue() || !before.progress.equals(sign.progress())) {
      seen.put(sign.key(), new Seen(sign.progress(), now));
      return 0;
    }
    return now - before.since;
  }
}
