package io.cesync.verify;

import java.util.List;

/**
 * What comparing one table showed.
 *
 * @param begun when, ISO 8601
 * @param parts of {@code ofParts} that were compared of each side
 * @param writtenMeanwhile whether there are documents that are newer than the beginning, which are
 *     not among those
 * @param found what differs; after a repair what still does
 * @param lines the first differences, for people
 * @param moving keys that kept changing on both sides while they were looked at
 * @param asked what the daemon was asked to put right
 * @param repaired how much of it is right now
 * @param complete false if it was given up because too much differs
 */
public record TableResult(
    String table,
    String begun,
    int parts,
    int ofParts,
    long rows,
    long documents,
    boolean writtenMeanwhile,
    Found found,
    List<String> lines,
    int moving,
    Found asked,
    long repaired,
    boolean complete) {

  /**
   * Differences by kind.
   *
   * @param deadLetters how many of them have one
   */
  public record Found(long missing, long tooMany, long different, long deadLetters) {

    static final Found NONE = new Found(0, 0, 0, 0);

    public long all() {
      return missing + tooMany + different;
    }

    Found plus(Difference one) {
      return new Found(
          missing + (one.kind() == Difference.Kind.MISSING ? 1 : 0),
          tooMany + (one.kind() == Difference.Kind.TOO_MANY ? 1 : 0),
          different + (one.kind() == Difference.Kind.DIFFERENT ? 1 : 0),
          deadLetters + (one.deadLetter() ? 1 : 0));
    }
  }

  /** Whether every row has its document, and nothing else is there. */
  public boolean agrees() {
    return found.all() == 0 && complete;
  }
}
