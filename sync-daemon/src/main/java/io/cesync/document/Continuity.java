package io.cesync.document;

import io.cesync.document.IndexStats.Shard;

/**
 * Whether a position still says something of a shard. Where it doesn't, the whole shard has to be
 * read again, and a document that isn't found by that is none that was deleted.
 */
public enum Continuity {
  /** What comes after the position is all that changed. */
  GOES_ON,
  /** There is no position yet. */
  UNKNOWN,
  /** The index was created again, or an alias stands for another one now. */
  OTHER_INDEX,
  /** The shard's contents were replaced, by a snapshot for example. */
  OTHER_HISTORY,
  /** The shard has lost writes, and gives their numbers again. */
  NUMBERS_FELL;

  /** Why it doesn't go on, as a clause. */
  public String reason() {
    return switch (this) {
      case GOES_ON -> "it goes on";
      case UNKNOWN -> "it was never read";
      case OTHER_INDEX -> "the index was created anew";
      case OTHER_HISTORY -> "the contents of the index were replaced, by a snapshot for example";
      case NUMBERS_FELL -> "the index has lost writes";
    };
  }

  /**
   * Of one shard.
   *
   * @param known up to where it has been read, or null
   */
  static Continuity of(ShardPosition known, String indexUuid, Shard now) {
    if (known == null) {
      return UNKNOWN;
    } else if (!known.indexUuid().equals(indexUuid)) {
      return OTHER_INDEX;
    } else if (!known.historyUuid().equals(now.historyUuid())) {
      return OTHER_HISTORY;
    }
    return now.maxSeqNo() < known.seqNo() ? NUMBERS_FELL : GOES_ON;
  }
}
