package io.cesync.sync;

import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Takes what one {@link PartitionPass} finds. */
interface PartitionSink {

  /** Some of the partition's rows. One page after the other. Completes once it can take more. */
  CompletionStage<Void> rows(List<RowImage> rows);

  /**
   * Keys of documents that have no row. Thread-safe. Completes once it can take more.
   *
   * @param versions has each document's
   */
  CompletionStage<Void> gone(List<RowImage> absent, Map<RowKey, Long> versions);

  /**
   * The partition's own landing, then those of rows that are not done. After all else.
   *
   * @param visibility whether the rows show what the partition's entries tell
   */
  List<Landing> landings(Visibility visibility);
}
