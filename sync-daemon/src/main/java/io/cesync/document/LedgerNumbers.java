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
  record Entry(String id, String routing, long seqNo) {}

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
}
