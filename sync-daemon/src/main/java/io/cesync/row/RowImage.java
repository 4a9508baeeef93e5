package io.cesync.row;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A row as one read showed it, or that there was none. Immutable, but holds on to the driver's
 * buffers: keep it no longer than needed.
 */
public final class RowImage implements RowValues {

  private final RowKey key;
  private final RowColumns columns;
  private final Optional<Row> row;

  RowImage(RowKey key, RowColumns columns, Optional<Row> row) {
    this.key = key;
    this.columns = columns;
    this.row = row;
  }

  public RowKey key() {
    return key;
  }

  /**
   * The row as a document, UTF-8 JSON.
   *
   * @throws java.util.NoSuchElementException if there is no row
   */
  public byte[] document() {
    return columns.mapping().document(row.orElseThrow());
  }

  @Override
  public boolean present() {
    return row.isPresent();
  }

  @Override
  public boolean shows(String column) {
    return columns.position(column) >= 0;
  }

  @Override
  public boolean isNull(String column) {
    int position = columns.position(column);
    return row.isEmpty() || position < 0 || row.get().isNull(position);
  }

  @Override
  public ByteBuffer value(String column) {
    int position = columns.position(column);
    return row.isEmpty() || position < 0 ? null : row.get().getBytesUnsafe(position);
  }

  @Override
  public boolean hasElements(String column) {
    int position = columns.position(column);
    return position >= 0 && columns.mapping().columns().get(position).isMultiCell();
  }

  @Override
  public long writeTime(String column) {
    int position = columns.position(column);
    return position < 0 ? UNKNOWN : writeTime(position);
  }

  private long writeTime(int column) {
    int position = columns.writeTime(column);
    ByteBuffer time = row.isEmpty() || position < 0 ? null : row.get().getBytesUnsafe(position);
    // Not through the driver's codecs: looking them up takes longer than all the rest.
    return time == null ? UNKNOWN : time.getLong(time.position());
  }

  @Override
  public long oldestWriteTime() {
    long oldest = Long.MAX_VALUE;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.isRegular(i) && row.isPresent() && !row.get().isNull(i)) {
        // What the server tells of a collection is its newest element's time.
        oldest = Math.min(oldest, columns.isMultiCell(i) ? UNKNOWN : writeTime(i));
      }
    }
    return oldest == Long.MAX_VALUE ? UNKNOWN : oldest;
  }

  /**
   * The oldest write time of any column, or {@link RowView#UNKNOWN} if one of them can't be told,
   * is null, or there is none.
   */
  public long oldestIfComplete() {
    for (int i = 0; i < columns.size(); i++) {
      if (row.isEmpty() || (columns.isRegular(i) && row.get().isNull(i))) {
        return UNKNOWN;
      }
    }
    return oldestWriteTime();
  }

  @Override
  public long newestWriteTime() {
    long newest = UNKNOWN;
    for (int i = 0; i < columns.size(); i++) {
      newest = Math.max(newest, writeTime(i));
    }
    return newest;
  }

  /** After how many seconds cells of the row expire, where that was asked for and can be told. */
  public Set<Integer> ttls() {
    Set<Integer> seconds = Set.of();
    for (int i = 0; i < columns.size(); i++) {
      int position = columns.ttl(i);
      ByteBuffer ttl = row.isEmpty() || position < 0 ? null : row.get().getBytesUnsafe(position);
      if (ttl != null) {
        seconds = seconds.isEmpty() ? new TreeSet<>() : seconds;
        seconds.add(ttl.getInt(ttl.position()));
      }
    }
    return seconds;
  }
}
