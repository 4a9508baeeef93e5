package io.cesync.sync;

import io.cesync.document.BulkLimits;
import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.WriteResult;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowReader;
import io.cesync.row.RowScanner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * What is read and where it goes, for one table and one version of its schema. Immutable.
 *
 * @param pipeline ingest pipeline, or null
 * @param limits of bulks that hold a document of this table
 * @param bulkNanos told how long each of them took; called from any thread
 * @param hasWriteTimes false for counter tables: nothing tells when their values were written
 * @param scanner reads TTLs too
 * @param mark tells which rows are to be passed over
 * @param twoWay empty if the index isn't followed
 */
record TableTarget(
    TableMapping mapping,
    String index,
    String pipeline,
    BulkLimits limits,
    LongConsumer bulkNanos,
    boolean hasWriteTimes,
    RowReader rows,
    RowScanner scanner,
    Optional<SourceMark> mark,
    Optional<TwoWay> twoWay) {

  /** Whether new documents may be written to rows that weren't read. */
  boolean takesUnseen() {
    return twoWay.filter(way -> way.merge().writesUnseen()).isPresent();
  }

  /** Writes documents within this table's limits. From any thread. */
  CompletionStage<List<WriteResult>> write(BulkSender sender, List<DocumentOp> ops) {
    return sender.write(ops, limits, bulkNanos);
  }

  /** How rows are brought over. */
  Bringer bringer(Shared shared, long lateWindow, LongConsumer sizes) {
    return twoWay.isPresent()
        ? new TwoWayBringer(this, shared.sender(), shared.clock(), lateWindow, sizes)
        : new OneWayBringer(this, shared.sender(), shared.clock(), lateWindow, sizes);
  }
}
