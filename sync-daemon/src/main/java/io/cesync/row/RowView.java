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

  /**
   * Whether the column has elements of their own write times: a write may have removed only some.
   */
  boolean hasElements(String column);

  /** Microseconds, or {@link #UNKNOWN}. Of a column with elements, the newest one's. */
  long writeTime(String column);

  /**
   * The oldest write time of any column that is not null, or {@link #UNKNOWN} if one of them can't
   * be told.
   */
  long oldestWriteTime();
}
