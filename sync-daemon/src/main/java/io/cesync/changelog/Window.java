package io.cesync.changelog;

import java.util.ArrayList;
import java.util.List;

/**
 * A span of entry times, in milliseconds since 1970.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Window(long from, long to) {

  public Window {
    if (from > to) {
      throw new IllegalArgumentException(
          "a window cannot end before it starts: " + from + " > " + to);
    }
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** The parts of this window in each bucket, oldest first. */
  public List<Window> byBucket(LogLayout layout) {
    List<Window> parts = new ArrayList<>();
    for (long start = from; start < to; ) {
      long end = Math.min(to, layout.bucketOf(start) + layout.bucketMillis());
      parts.add(new Window(start, end));
      start = end;
    }
    return parts;
  }
}
