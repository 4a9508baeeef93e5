package io.cesync.sync;

import java.util.ArrayDeque;
import java.util.Deque;

/** Rows of one partition in the order in which they became due; small if there is one. */
final class DueRows {

  /** Their partition is in the worklist's queue of those that have such ones. */
  boolean ready;

  private Pending first;
  private Deque<Pending> others;

  boolean isEmpty() {
    return first == null;
  }

  void addLast(Pending added) {
    if (first == null) {
      first = added;
      return;
    }
    if (others == null) {
      others = new ArrayDeque<>();
    }
    others.addLast(added);
  }

  /** There must be one. */
  Pending removeFirst() {
    Pending removed = first;
    first = others == null ? null : others.pollFirst();
    if (first == null) {
      others = null;
    }
    return removed;
  }
}
