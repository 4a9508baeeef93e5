package io.cesync.sync;

import io.cesync.document.SeqNoRange;
import java.util.BitSet;
import java.util.function.LongPredicate;

/**
 * The numbers that a shard's operations got since the last look, and which of them are of documents
 * that are there. What is missing may have been a delete; if nothing is, there was none. Not
 * thread-safe.
 */
final class ReadNumbers {
  private final SeqNoRange all;
  private final BitSet found = new BitSet();

  /**
   * @param all fewer than 2³¹
   */
  ReadNumbers(SeqNoRange all) {
    this.all = all;
  }

  /** A document has this number. */
  void found(long number) {
    found.set(Math.toIntExact(number - all.from()));
  }

  /**
   * Whether there is no number that no document has.
   *
   * @param known true for numbers that were no deletes by others, though no document has them
   */
  boolean hasAll(LongPredicate known) {
    long length = all.length();
    for (int i = found.nextClearBit(0); i < length; i = found.nextClearBit(i + 1)) {
      if (!known.test(all.from() + i)) {
        return false;
      }
    }
    return true;
  }
}
