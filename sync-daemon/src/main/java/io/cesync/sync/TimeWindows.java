package io.cesync.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which times' documents to look for, so that each is found soon after it can be searched, none is
 * missed whose time is at most the late window before that, and each is read only a few times.
 * Pure; times in microseconds since 1970.
 *
 * <p>Every look reads what is new since the last. Followers read all times once more at growing
 * distances behind now, as of the change log, for documents that could be searched late, or whose
 * times came from another clock. Times that are ahead of now are read as a whole, but at most for a
 * small part of the time, and once more when they are over.
 */
final class TimeWindows {

  /** What a window is read for. */
  enum Purpose {
    NEW,
    LATE,
    AHEAD
  }

  /**
   * Times to look at.
   *
   * @param to not included
   */
  record Window(Purpose purpose, int follower, long from, long to) {}

  /** A document's time is a little older than the document, and clocks are never quite the same. */
  private static final long OVERLAP = 100_000;

  private static final long LEAD = 250_000;
  private static final int[] PARTS = {64, 16, 4, 1};
  private static final long LEAST_BETWEEN = 250_000;
  private static final long MOST_BETWEEN = 5_000_000;
  private static final long AHEAD_EVERY = 2_000_000;

  /** Looking ahead may take one of so many parts of the time. */
  private static final int AHEAD_PART = 20;

  private final long lateWindow;
  private final long[] cursors = new long[PARTS.length];
  private final long[] nextAt = new long[PARTS.length];
  private long newest;
  private long aheadAt;

  /**
   * @param position all documents with an older time were seen when they were older than the late
   *     window
   */
  TimeWindows(long lateWindow, long position) {
    this.lateWindow = lateWindow;
    this.newest = position;
    Arrays.fill(cursors, position);
    Arrays.fill(nextAt, Long.MIN_VALUE);
    this.aheadAt = Long.MIN_VALUE;
  }

  private long age(int follower) {
    return lateWindow / PARTS[follower];
  }

  /** All documents with an older time were seen, late ones included. */
  long position() {
    return cursors[cursors.length - 1];
  }

  /** What to read in a look that finds what was written before now. */
  List<Window> due(long now) {
    List<Window> windows = new ArrayList<>();
    long from = Math.min(newest, now) - OVERLAP;
    windows.add(new Window(Purpose.NEW, -1, from, now + LEAD));
    for (int i = 0; i < cursors.length; i++) {
      long to = now - age(i);
      if (now >= nextAt[i] && cursors[i] < Math.min(from, to)) {
        windows.add(new Window(Purpose.LATE, i, cursors[i], to));
      }
    }
    if (now >= aheadAt) {
      windows.add(new Window(Purpose.AHEAD, -1, now + LEAD, Long.MAX_VALUE));
    }
    return windows;
  }

  /**
   * All that was due at a time was read and is dealt with.
   *
   * @param ahead how long reading what is ahead took, if it was among it
   */
  void done(List<Window> windows, long now, long ahead) {
    for (Window window : windows) {
      switch (window.purpose) {
        case NEW -> {
          newest = now;
          for (int i = 0; i < cursors.length; i++) {
            if (window.from <= cursors[i]) {
              reached(i, now - age(i), now);
            }
          }
        }
        case LATE -> reached(window.follower, window.to, now);
        case AHEAD -> aheadAt = now + Math.max(AHEAD_EVERY, ahead * AHEAD_PART);
      }
    }
  }

  private void reached(int follower, long to, long now) {
    cursors[follower] = Math.max(cursors[follower], to);
    nextAt[follower] = now + Math.max(LEAST_BETWEEN, Math.min(age(follower) / 4, MOST_BETWEEN));
  }
}
