package io.cesync.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Finds where in a range of numbers one side has fewer than the other, by counting ever smaller
 * parts of it: what is the same on both sides is looked at no further. So its work grows with what
 * differs, and with the logarithm of the whole.
 *
 * <p>It asks for the counts of many parts at a time, and holds no more than the parts of some of
 * them. One at a time; not thread-safe.
 */
final class Bisection {

  /** Counts each of some ranges, which ascend and don't overlap. */
  interface Counts {
    CompletionStage<long[]> of(List<SeqNoRange> ranges);
  }

  /**
   * A range that differs.
   *
   * @param expected how many there should be
   * @param found how many there are, which is less
   */
  record Gap(SeqNoRange range, long expected, long found) {
    long missing() {
      return expected - found;
    }
  }

  /** Ranges of one pair of requests. */
  static final int MOST_RANGES = 256;

  /** Into how many parts a range is divided. */
  static final int PARTS = 16;

  /** So few are listed rather than counted further. */
  static final int LISTED = 64;

  /** Up to so many are listed if the gaps are so close that most parts of it would have some. */
  private static final int LISTED_IF_CLOSE = 512;

  private static final int CLOSE = LISTED / 4;

  /** How many may be listed at a time. */
  static final int LISTED_AT_A_TIME = 4_000;

  private final Counts expected;
  private final Counts found;
  private final Function<List<Gap>, CompletionStage<Boolean>> gaps;

  private final Deque<Gap> open = new ArrayDeque<>();
  private final Deque<Gap> small = new ArrayDeque<>();
  private long smallExpected;
  private boolean stopped;

  /**
   * @param gaps is given small ranges that differ, a few at a time, and says whether to go on
   */
  Bisection(Counts expected, Counts found, Function<List<Gap>, CompletionStage<Boolean>> gaps) {
    this.expected = expected;
    this.found = found;
    this.gaps = gaps;
  }

  /** Looks at a whole range that has been counted. */
  CompletionStage<Void> run(Gap whole) {
    put(whole);
    return AsyncLoop.whileTrue(this::step);
  }

  private void put(Gap gap) {
    if (gap.missing() <= 0) {
      return;
    }
    boolean close = gap.missing() * CLOSE >= gap.expected && gap.expected <= LISTED_IF_CLOSE;
    if (gap.expected <= LISTED || close || gap.range.length() == 1) {
      small.add(gap);
      smallExpected += gap.expected;
    } else {
      open.addFirst(gap);
    }
  }

  private CompletionStage<Boolean> step() {
    if (stopped || (open.isEmpty() && small.isEmpty())) {
      return CompletableFuture.completedFuture(false);
    } else if (open.isEmpty() || small.size() >= MOST_RANGES || smallExpected >= LISTED_AT_A_TIME) {
      return gaps.apply(toList())
          .thenApply(
              goOn -> {
                stopped = !goOn;
                return goOn;
              });
    }
    return divide();
  }

  private List<Gap> toList() {
    List<Gap> some = new ArrayList<>();
    long sum = 0;
    while (!small.isEmpty()
        && some.size() < MOST_RANGES
        && (some.isEmpty() || sum + small.peekFirst().expected <= LISTED_AT_A_TIME)) {
      Gap gap = small.removeFirst();
      some.add(gap);
      sum += gap.expected;
    }
    smallExpected -= sum;
    return some;
  }

  private CompletionStage<Boolean> divide() {
    List<SeqNoRange> parts = new ArrayList<>();
    while (!open.isEmpty() && parts.size() + PARTS <= MOST_RANGES) {
      parts(open.removeFirst().range, parts);
    }
    return expected
        .of(parts)
        .thenCombine(
            found.of(parts),
            (there, here) -> {
              // The last first, so that the next step goes on from the lowest numbers.
              for (int i = parts.size() - 1; i >= 0; i--) {
                put(new Gap(parts.get(i), there[i], here[i]));
              }
              return true;
            });
  }

  private static void parts(SeqNoRange range, List<SeqNoRange> parts) {
    long length = range.length();
    long count = Math.min(PARTS, length);
    long from = range.from();
    for (long i = 1; i <= count; i++) {
      // Not length * i / count, which may overflow.
      long to = range.from() + length / count * i + Math.min(i, length % count) - 1;
      parts.add(new SeqNoRange(from, to));
      from = to + 1;
    }
  }
}
