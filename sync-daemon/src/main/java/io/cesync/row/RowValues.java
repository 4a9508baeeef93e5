package io.cesync.row;

import java.nio.ByteBuffer;

/** What a read showed of a row, with its values. */
public interface RowValues extends RowView {

  /**
   * The serialised value; null if the column is null, the read didn't ask for it, or there is no
   * row. Not to be moved.
   */
  ByteBuffer value(String column);

  /** Microseconds: the newest write time that can be told of any column, or {@link #UNKNOWN}. */
  long newestWriteTime();
}
