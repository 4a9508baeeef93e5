package io.cesync.sync;

import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Brings rows to the other side as they were read. Thread-safe. */
interface Bringer {

  /**
   * What became of each row; the stage fails only if Cassandra does.
   *
   * @param byKey has every row's key
   */
  CompletionStage<List<Landing>> bring(List<RowImage> rows, Map<RowKey, Pending> byKey);
}
