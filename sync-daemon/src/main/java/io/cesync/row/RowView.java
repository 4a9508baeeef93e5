package io.cesync.row;

/** What a read showed of a row, as far as telling whether a write is visible needs it. */
public interface RowView {

  /**
   * A write time that can't be told: of a collection before Cassandra 5, of a counter, or of a
   * null.
   */
  long UNKNOWN = Long.MIN_VALUE;

  boolean present();

  /** Whether the read asked for this column. */
  boolean shows(String column);

  boolean isNull(String column);

  /** Microseconds, or {@link #UNKNOWN}. */
  long writeTime(String column);

  /**
   * The oldest write time of any column that is not null, or {@link #UNKNOWN} if one of them can't
   * be told.
   */
  long oldestWriteTime();
}
