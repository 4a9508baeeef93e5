package io.cesync.sync;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import io.cesync.row.ReadFailure;
import io.cesync.row.RowKey;
import io.cesync.row.RowReader.Reading;
import io.cesync.sync.Outcome.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Reads keys' rows again and has them brought over. The row is the truth, the entries that led here
 * only say that it changed. Thread-safe.
 */
record RowApplier(TableTarget target, Bringer bringer) {

  /** Brings rows over; a stage for each request that reads some of them. The stages never fail. */
  List<CompletionStage<List<Landing>>> apply(List<Pending> taken) {
    List<RowKey> together = new ArrayList<>(taken.size());
    List<RowKey> singly = new ArrayList<>(0);
    List<RowKey> serially = new ArrayList<>(0);
    Map<RowKey, Pending> byKey = new HashMap<>(taken.size() * 2);
    for (Pending pending : taken) {
      byKey.put(pending.key, pending);
      if (target.hasWriteTimes() && pending.needsSerialRead()) {
        serially.add(pending.key);
      } else if (pending.failures > 0) {
        singly.add(pending.key);
      } else {
        together.add(pending.key);
      }
    }
    List<Reading> readings = new ArrayList<>(target.rows().read(together));
    readings.addAll(target.rows().readSingly(singly, null));
    readings.addAll(target.rows().readSingly(serially, ConsistencyLevel.LOCAL_SERIAL));
    return readings.stream().map(reading -> apply(reading, byKey)).toList();
  }

  private CompletionStage<List<Landing>> apply(Reading reading, Map<RowKey, Pending> byKey) {
    return reading
        .images()
        .thenCompose(images -> bringer.bring(images, byKey))
        .exceptionally(
            thrown -> {
              Outcome outcome = new Unread(ReadFailure.of(thrown), ReadFailure.reason(thrown));
              return reading.keys().stream()
                  .map(key -> new Landing(byKey.get(key), outcome))
                  .toList();
            });
  }
}
