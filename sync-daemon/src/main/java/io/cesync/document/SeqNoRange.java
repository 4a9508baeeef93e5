package io.cesync.document;

import java.util.Comparator;

/** Sequence numbers, first and last included. */
public record SeqNoRange(long from, long to) {

  static final Comparator<SeqNoRange> ASCENDING = Comparator.comparingLong(SeqNoRange::from);

  /** How many numbers these are. */
  long length() {
    return to - from + 1;
  }
}
