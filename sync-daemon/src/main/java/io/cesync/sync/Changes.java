package io.cesync.sync;

import io.cesync.document.LedgerNumbers;
import io.cesync.document.ShardPosition;
import io.cesync.document.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A way to see what changed in an index, one look after the other. What a look found counts as
 * dealt with only when it is {@link Look#done}; one that is left before is repeated. Confined to
 * the loop's thread; its stages may end on any, and one is under way at a time.
 */
interface Changes {

  /** Some documents that a look found; they may lack their sources. */
  record Page(int shard, List<StoredDocument> documents) {}

  /** A look at the index. */
  interface Look {

    /** Why the table has to begin anew instead; empty if it can go on. */
    default Optional<String> outdated() {
      return Optional.empty();
    }

    /** Whether what it finds is of any age, since nobody has looked before. */
    boolean isFirst();

    boolean hasNext();

    CompletionStage<Page> next();

    /** Whether {@link #next} may be called before the page before is known. */
    boolean mayReadAhead();

    /** These are as cesync knows them, and need not be found again. */
    void known(List<StoredDocument> documents);

    /**
     * What has vanished; to be asked once all that was found is in the table. Empty if it can't be
     * told, or nothing can have vanished.
     *
     * @param canWait whether that may be left to a later look, even if that finds nothing new
     */
    Optional<CompletionStage<List<LedgerNumbers.Entry>>> vanished(boolean canWait);

    /** All that was found is in the table. */
    void done();

    /** Gives up what is held for it, however it ended. */
    void close();
  }

  /**
   * Begins a look that finds what was written before this call.
   *
   * @param isBusy whether there is much to do: it may take longer then if that saves something
   */
  CompletionStage<Look> look(Instant now, boolean isBusy);

  /** By shard, up to where all changes are in the table; empty if that is not how it looks. */
  Map<Integer, ShardPosition> positions();

  /** By shard whose documents haven't all been looked at once, the position where they have. */
  default Map<Integer, Long> firstLook() {
    return Map.of();
  }

  /** Until when all changes are in the table, late ones included; empty before the first look. */
  Optional<Instant> position();

  /** The same without waiting for late ones. */
  Optional<Instant> readTo();
}
