package io.cesync.document;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What is known of an index's documents, by their sequence numbers.
 *
 * <p>Up to the position that a search is given it must have every document that is in the index,
 * those that were refused included: one that it lacks hides another one that has vanished, as long
 * as only counts are compared. What it has too many does no harm.
 */
public interface LedgerNumbers {

  /**
   * A document as it was last seen.
   *
   * @param routing its own, or null if it has none, or it was not asked for
   */
  record Entry(String id, String routing, int shard, long seqNo) {}

  /**
   * Has numbers stay that documents leave from now on, until it is ended. Else a document that
   * cesync itself writes in between would be counted here as it is, and in the index, which shows
   * writes later, as it was: it would hide another one that has vanished.
   */
  Hold hold();

  /** Numbers stay until it is ended. */
  interface Hold {

    /** More than so many aren't told: servers take no more than twice as many. */
    int MOST = 30_000;

    /**
     * Sequence numbers of a shard that documents have left, and which stay nevertheless, {@link
     * #MOST} at most: always the same first. Whether the index shows them yet, nobody knows.
     */
    long[] left(int shard);

    /** Lets the numbers go. Never fails: some may stay, which does no harm. */
    CompletionStage<Void> end();
  }

  /**
   * How many documents it has.
   *
   * @param ranges in ascending order; they don't overlap
   * @return for each of the ranges, in their order
   */
  CompletionStage<long[]> count(int shard, List<SeqNoRange> ranges);

  /** The documents of a range, which are a few hundred at most; their routing is not told. */
  CompletionStage<List<Entry>> list(int shard, SeqNoRange range);

  /** The same documents with their routing. */
  CompletionStage<List<Entry>> routed(List<Entry> entries);

  /** A document is not, and never will be again, where this says. */
  CompletionStage<Void> forget(Entry stale);
}
