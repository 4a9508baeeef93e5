package io.cesync.trigger;

import java.nio.ByteBuffer;
import org.apache.cassandra.db.LivenessInfo;
import org.apache.cassandra.db.rows.Cell;
import org.apache.cassandra.db.rows.ColumnData;
import org.apache.cassandra.db.rows.ComplexColumnData;
import org.apache.cassandra.db.rows.Row;

/** What a mutation does to a row, apart from deleting it. Not thread-safe. */
final class RowChanges {
  /** The newest timestamp; {@code Long.MIN_VALUE} if nothing is written. */
  long writeTime = Long.MIN_VALUE;

  /** Whether the row is made to exist, even without values. */
  boolean isInsert;

  /** Whether columns are written or nulled. */
  boolean hasData;

  /** Whether any column has a value. */
  private boolean hasValue;

  final Timers timers = new Timers();
  private final ColumnSet updated = new ColumnSet();
  private final ColumnSet nulled = new ColumnSet();

  private RowChanges() {}

  static RowChanges of(Row row, LoggedTable table) {
    RowChanges changes = new RowChanges();
    changes.liveness(row.primaryKeyLivenessInfo());
    for (ColumnData data : row) {
      boolean live =
          data instanceof Cell
              ? changes.cell((Cell<?>) data)
              : changes.complex((ComplexColumnData) data);
      changes.hasData = true;
      changes.hasValue |= live;
      if (!table.isVisible(data.column())) {
        changes.isInsert = live; // only an INSERT can write it
        continue;
      }
      changes.updated.add(data.column().name.bytes);
      if (!live) {
        changes.nulled.add(data.column().name.bytes);
      }
    }
    return changes;
  }

  /** In a table whose rows are nothing but one value, this is how a row is deleted. */
  boolean deletesTheOnlyValue() {
    return hasData && !hasValue;
  }

  /** As the log stores it. */
  ByteBuffer updatedColumns() {
    return updated.serialize();
  }

  /** As the log stores it, or null if there are none. */
  ByteBuffer nulledColumns() {
    return nulled.isEmpty() ? null : nulled.serialize();
  }

  private void liveness(LivenessInfo info) {
    if (!info.isEmpty()) {
      isInsert = true;
      writeTime = info.timestamp();
      if (info.isExpiring()) {
        timers.add(info.ttl());
      }
    }
  }

  /** Returns whether it has a value. */
  private boolean cell(Cell<?> cell) {
    writeTime = Math.max(writeTime, cell.timestamp());
    if (cell.isExpiring()) {
      timers.add(cell.ttl());
    }
    return !cell.isTombstone();
  }

  /** Returns whether any element has a value. */
  private boolean complex(ComplexColumnData data) {
    writeTime = Math.max(writeTime, data.complexDeletion().markedForDeleteAt());
    boolean live = false;
    for (Cell<?> cell : data) {
      live |= cell(cell);
    }
    return live;
  }
}
