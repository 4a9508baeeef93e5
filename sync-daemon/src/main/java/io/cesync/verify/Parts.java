package io.cesync.verify;

import io.cesync.snapshot.TokenSplit;
import io.cesync.state.Ranges;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The equal parts of one side, which are handed out and done in any order: some neighbours at once
 * where there is little in them, since each request has its price. Thread-safe.
 */
final class Parts {

  static final int ALL = TokenSplit.PARTS;

  /** Neighbours, both ends included. */
  record Stretch(int first, int last) {}

  private final Deque<Integer> open;
  private Ranges done;
  private int together = 1;

  /**
   * @param done those that aren't to be handed out
   */
  Parts(Ranges done) {
    this.done = done;
    this.open = new ArrayDeque<>(done.open());
  }

  /** So many parts that are chosen at random, as those that are not done yet. */
  static Ranges sample(int parts, Random random) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < ALL; i++) {
      all.add(i);
    }
    Collections.shuffle(all, random);
    Ranges left = Ranges.of(ALL);
    for (int part : all.subList(parts, ALL)) {
      left = left.with(part);
    }
    return left;
  }

  /** The next ones; empty if none is left to hand out. */
  synchronized Optional<Stretch> take() {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    int first = open.removeFirst();
    int last = first;
    while (last - first + 1 < together && !open.isEmpty() && open.getFirst() == last + 1) {
      last = open.removeFirst();
    }
    return Optional.of(new Stretch(first, last));
  }

  /** Those are done, and took so many requests. */
  synchronized void done(Stretch stretch, int requests) {
    for (int part = stretch.first(); part <= stretch.last(); part++) {
      done = done.with(part);
    }
    together = requests > 1 ? Math.max(1, together / 2) : Math.min(ALL / 8, together * 2);
  }

  synchronized Ranges ranges() {
    return done;
  }
}
