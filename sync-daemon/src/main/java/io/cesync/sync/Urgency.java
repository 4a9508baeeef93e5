package io.cesync.sync;

/** How soon one of those that are due is taken. */
enum Urgency {
  /** Its change isn't on the other side yet. */
  SOON,
  /** It {@link Pending#canWait}. */
  PATIENT;

  static Urgency of(Pending pending) {
    return pending.canWait() ? PATIENT : SOON;
  }
}
