package io.cesync.merge;

import java.nio.ByteBuffer;
import java.util.Map;

/** What a document's change means for its row. */
public sealed interface RowDecision {

  /** The row stays as it is. */
  record Nothing() implements RowDecision {}

  /**
   * Write cells, then read the row again: Cassandra may have kept newer ones.
   *
   * @param cells by column, static ones too; null deletes the column. A collection is replaced as a
   *     whole: what it had before the timestamp goes, elements written after it stay
   * @param timestamp µs since 1970, for all of them
   * @param insert whether the row is to exist even with no column set
   */
  record Write(Map<String, ByteBuffer> cells, long timestamp, boolean insert)
      implements RowDecision {}

  /**
   * Delete the row, then read it again: cells written later stay.
   *
   * @param timestamp µs since 1970
   */
  record Delete(long timestamp) implements RowDecision {}
}
