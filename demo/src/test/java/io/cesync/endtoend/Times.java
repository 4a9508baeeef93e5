package io.cesync.endtoend;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The times that a write may count from, in microseconds since 1970: some single ones, or any from
 * one to another.
 *
 * @param single in ascending order
 * @param spread so much later than each of them, too
 */
record Times(List<Long> single, long from, long to, long spread) {
  static final long EVER = Long.MAX_VALUE;
  static final long NEVER = Long.MIN_VALUE;

  static Times at(long time) {
    return new Times(List.of(time), EVER, NEVER, 0);
  }

  static Times between(long from, long to) {
    return new Times(List.of(), from, to, 0);
  }

  /** These too. */
  Times or(long... times) {
    return new Times(
        LongStream.concat(single.stream().mapToLong(t -> t), Arrays.stream(times))
            .sorted()
            .distinct()
            .boxed()
            .toList(),
        from,
        to,
        spread);
  }

  /** Up to so much later. */
  Times spread(long later) {
    return new Times(single, from, to, later);
  }

  boolean contain(long time) {
    return single.stream().anyMatch(each -> each <= time && time <= each + spread)
        || (from <= time && time <= to);
  }

  long earliest() {
    return single.isEmpty() ? from : Math.min(from, single.get(0));
  }

  long latest() {
    return single.isEmpty() ? to : Math.max(to, single.get(single.size() - 1) + spread);
  }
}
