package io.cesync.document;

import java.util.List;

/** What a {@link VanishedSearch} found. */
public sealed interface Vanished {

  /**
   * All that could be told.
   *
   * @param documents that are no more, as the ledger has them
   * @param overwritten how many were written again; the tail brings them
   * @param undecided how many the server couldn't tell of now
   */
  record Deleted(List<LedgerNumbers.Entry> documents, long overwritten, long undecided)
      implements Vanished {}

  /**
   * More are gone than there may be.
   *
   * @param atLeast so many are deleted for sure
   * @param atMost so many are deleted, or were written again
   */
  record TooMany(long atLeast, long atMost) implements Vanished {}

  /**
   * The index isn't, or not any more, the one that the positions are of. Nothing that it lacks was
   * deleted for that.
   */
  record OtherIndex(int shard, Continuity continuity) implements Vanished {}
}
