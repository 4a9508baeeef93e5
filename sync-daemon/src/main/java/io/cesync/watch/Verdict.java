package io.cesync.watch;

import java.util.Locale;

/** How something is, the better ones first. */
public enum Verdict {
  KEEPS_UP,
  COPYING,
  BEHIND,
  WAITING,
  STALLED;

  /** As {@code keeps-up}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
