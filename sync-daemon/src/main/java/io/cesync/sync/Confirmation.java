package io.cesync.sync;

import static io.cesync.sync.Visibility.CANNOT_TELL;
import static io.cesync.sync.Visibility.NOT_YET;
import static io.cesync.sync.Visibility.VISIBLE;

import io.cesync.changelog.Entry;
import io.cesync.row.RowImage;
import io.cesync.row.RowView;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells whether a row shows the writes that its entries announce. An entry can be read before its
 * row's write is visible: it may be written first, and the replicas that are asked may get it
 * later.
 *
 * <p>Of several writes to one column only the newest can show, and none that a newer delete of the
 * row covers.
 */
final class Confirmation {

  private record Cell(long writeTime, boolean nulled) {}

  private final Map<String, Cell> cells = new HashMap<>();
  private long deleted = Entry.UNKNOWN;
  private long inserted = Entry.UNKNOWN;
  private boolean untellable;

  private Confirmation(Collection<Expected> expected) {
    for (Expected one : expected) {
      add(one);
    }
  }

  static Visibility of(Collection<Expected> expected, RowView row) {
    return new Confirmation(expected).visibility(row);
  }

  /**
   * For a whole partition of which no row was seen, or whose rows were each looked at already. That
   * no row is there doesn't tell of a delete: one may be written while the documents are searched.
   */
  static Visibility withoutRows(Collection<Expected> expected) {
    Confirmation all = new Confirmation(expected);
    return all.untellable || all.deleted != Entry.UNKNOWN ? CANNOT_TELL : VISIBLE;
  }

  private void add(Expected expected) {
    if (expected.writeTime() == Entry.UNKNOWN) {
      untellable = true;
      return;
    }
    switch (expected.operation()) {
      case DELETE, DELETE_PARTITION -> deleted = Math.max(deleted, expected.writeTime());
      case DELETE_RANGE, UPDATE_PARTITION, EXPIRE -> untellable = true;
      case INSERT -> {
        inserted = Math.max(inserted, expected.writeTime());
        addCells(expected);
      }
      case UPDATE, STATIC -> addCells(expected);
    }
  }

  private void addCells(Expected expected) {
    for (String column : expected.columns()) {
      cells.merge(
          column,
          new Cell(expected.writeTime(), expected.nulled().contains(column)),
          (a, b) -> a.writeTime > b.writeTime ? a : b);
    }
  }

  private Visibility visibility(RowView row) {
    Visibility worst = untellable ? CANNOT_TELL : VISIBLE;
    worst = worst.or(ofDelete(row));
    if (inserted > deleted && !row.present()) {
      return NOT_YET;
    }
    for (Map.Entry<String, Cell> cell : cells.entrySet()) {
      if (cell.getValue().writeTime > deleted) {
        worst = worst.or(ofCell(cell.getKey(), cell.getValue(), row));
      }
    }
    return worst;
  }

  private Visibility ofDelete(RowView row) {
    if (deleted == Entry.UNKNOWN || !row.present()) {
      return VISIBLE;
    }
    long oldest = row.oldestWriteTime();
    if (oldest == RowView.UNKNOWN) {
      return CANNOT_TELL;
    }
    return oldest > deleted ? VISIBLE : NOT_YET;
  }

  private static Visibility ofCell(String column, Cell cell, RowView row) {
    if (!row.present()) {
      return cell.nulled ? VISIBLE : NOT_YET;
    }
    if (!row.shows(column)) {
      return VISIBLE;
    }
    if (row.isNull(column)) {
      return cell.nulled ? VISIBLE : NOT_YET;
    }
    long seen = row.writeTime(column);
    if (seen == RowView.UNKNOWN) {
      return CANNOT_TELL;
    }
    if (seen >= cell.writeTime) {
      return VISIBLE;
    }
    // Elements that were removed leave nothing to see, and the others may be older.
    return cell.nulled && row.hasElements(column) ? CANNOT_TELL : NOT_YET;
  }

  /**
   * Whether a row shows what its entries wrote.
   *
   * @param lateWindow milliseconds after which an entry's write counts as visible
   */
  static Visibility of(Pending pending, RowImage image, long lateWindow) {
    return pending.takenAt - pending.newestEntry >= lateWindow || pending.expected.isEmpty()
        ? Visibility.VISIBLE
        : of(pending.expected, image);
  }
}
