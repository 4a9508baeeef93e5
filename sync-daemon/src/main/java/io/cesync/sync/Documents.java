package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.document.DocumentOp;
import io.cesync.row.RowImage;
import io.cesync.row.RowView;
import java.time.Clock;

/**
 * What a row means for its document. The version is the newest write time that is known of the row:
 * from its cells, or from the entries that led to reading it (a null leaves no cell to tell). Where
 * none is known it is the time of reading.
 */
final class Documents {

  private final TableTarget target;
  private final Clock clock;

  Documents(TableTarget target, Clock clock) {
    this.target = target;
    this.clock = clock;
  }

  /**
   * The write that makes the document what the row is.
   *
   * @param leastVersion microseconds, or 0
   */
  DocumentOp op(RowImage row, long leastVersion) {
    String id = target.mapping().keys().documentId(row.key());
    if (!row.present()) {
      return new DocumentOp.Delete(target.index(), id, leastVersion > 0 ? leastVersion : now());
    }
    long newest = row.newestWriteTime();
    long version = Math.max(leastVersion, newest == RowView.UNKNOWN ? 1 : newest);
    return new DocumentOp.Index(
        target.index(),
        id,
        Math.max(0, target.hasWriteTimes() ? version : Math.max(leastVersion, now())),
        row.document(),
        target.pipeline());
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
