package io.cesync.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a fixed number of parts are done, by their numbers from 0. Its text is {@code 5 of 64:
 * 0-3 7}. Immutable.
 */
public final class Ranges {
  private static final int MOST = 1 << 20;
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,7}) of ([0-9]{1,7})(?:: ([0-9 -]+))?");
  private static final Pattern PART = Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7}))?");

  private final int total;
  private final BitSet done;

  private Ranges(int total, BitSet done) {
    this.total = total;
    this.done = done;
  }

  /** None done yet. */
  public static Ranges of(int total) {
    if (total < 0 || total > MOST) {
      throw new IllegalArgumentException("0 to " + MOST + " ranges, not " + total);
    }
    return new Ranges(total, new BitSet());
  }

  public int total() {
    return total;
  }

  /** How many are done. */
  public int count() {
    return done.cardinality();
  }

  public boolean isDone(int range) {
    return done.get(Objects.checkIndex(range, total));
  }

  public boolean allDone() {
    return count() == total;
  }

  /** The numbers of those still to do, ascending. */
  public List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int range = done.nextClearBit(0); range < total; range = done.nextClearBit(range + 1)) {
      open.add(range);
    }
    return open;
  }

  /** These and one more done. */
  public Ranges with(int range) {
    BitSet more = (BitSet) done.clone();
    more.set(Objects.checkIndex(range, total));
    return new Ranges(total, more);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException "ranges…"
   */
  public static Ranges parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MOST) {
      throw new IllegalArgumentException("ranges, such as \"5 of 64: 0-3 7\"");
    }
    Ranges ranges = of(Integer.parseInt(matcher.group(2)));
    if (matcher.group(3) != null) {
      for (String part : matcher.group(3).split(" ", -1)) {
        ranges.set(part);
      }
    }
    if (ranges.count() != Integer.parseInt(matcher.group(1))) {
      throw new IllegalArgumentException("ranges that add up to the number before \"of\"");
    }
    return ranges;
  }

  private void set(String part) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("ranges, such as \"5 of 64: 0-3 7\"");
    }
    int from = Integer.parseInt(matcher.group(1));
    int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
    if (from > to || to >= total) {
      throw new IllegalArgumentException("ranges below " + total);
    }
    done.set(from, to + 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ranges ranges && ranges.total == total && ranges.done.equals(done);
  }

  @Override
  public int hashCode() {
    return Objects.hash(total, done);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(count() + " of " + total);
    String separator = ": ";
    for (int from = done.nextSetBit(0); from >= 0; ) {
      int end = done.nextClearBit(from);
      text.append(separator).append(from).append(end - from > 1 ? "-" + (end - 1) : "");
      separator = " ";
      from = done.nextSetBit(end);
    }
    return text.toString();
  }
}
