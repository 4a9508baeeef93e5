package io.cesync.sync;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.WriteResult;
import io.cesync.row.ReadFailure;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowReader.Reading;
import io.cesync.sync.Outcome.Conflict;
import io.cesync.sync.Outcome.Done;
import io.cesync.sync.Outcome.Rejected;
import io.cesync.sync.Outcome.Retry;
import io.cesync.sync.Outcome.Unread;
import io.cesync.sync.Outcome.Unseen;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Reads keys' rows again and makes their documents the same. The row is the truth, the entries that
 * led here only say that it changed. Thread-safe.
 */
final class RowApplier {

  private final TableTarget target;
  private final Documents documents;
  private final BulkSender sender;
  private final long lateWindow;
  private final LongConsumer sizes;

  /**
   * @param lateWindow milliseconds after which an entry's write counts as visible
   * @param sizes told the size of each document in bytes; called from any thread
   */
  RowApplier(
      TableTarget target, BulkSender sender, Clock clock, long lateWindow, LongConsumer sizes) {
    this.target = target;
    this.documents = new Documents(target, clock);
    this.sender = sender;
    this.lateWindow = lateWindow;
    this.sizes = sizes;
  }

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
        .thenCompose(images -> write(images, byKey))
        .exceptionally(
            thrown -> {
              Outcome outcome = new Unread(ReadFailure.of(thrown), ReadFailure.reason(thrown));
              return reading.keys().stream()
                  .map(key -> new Landing(byKey.get(key), outcome))
                  .toList();
            });
  }

  private CompletionStage<List<Landing>> write(List<RowImage> images, Map<RowKey, Pending> byKey) {
    List<Landing> landed = new ArrayList<>(images.size());
    List<DocumentOp> ops = new ArrayList<>(images.size());
    List<Pending> written = new ArrayList<>(images.size());
    List<Visibility> visibilities = new ArrayList<>(images.size());
    for (RowImage image : images) {
      Pending pending = byKey.get(image.key());
      pending.shown = image.oldestIfComplete();
      Visibility visibility = visibility(pending, image);
      if (visibility == Visibility.NOT_YET && pending.attempt == 0) {
        landed.add(new Landing(pending, new Unseen()));
        continue;
      }
      DocumentOp op;
      try {
        op = documents.op(image, pending.leastVersion);
      } catch (RuntimeException e) {
        landed.add(new Landing(pending, new Rejected("the row can't be told as JSON: " + e, null)));
        continue;
      }
      if (visibility != Visibility.VISIBLE || pending.written != null) {
        byte[] digest = Digests.of(List.of(op));
        if (Arrays.equals(digest, pending.written)) {
          landed.add(new Landing(pending, new Done(!image.present(), true, visibility)));
          continue;
        }
        pending.written = digest;
      }
      sizes.accept(op.size());
      ops.add(op);
      written.add(pending);
      visibilities.add(visibility);
    }
    if (ops.isEmpty()) {
      return CompletableFuture.completedFuture(landed);
    }
    return sender
        .write(ops, target.limits())
        .thenApply(
            results -> {
              for (int i = 0; i < results.size(); i++) {
                Outcome outcome = outcome(results.get(i), ops.get(i), visibilities.get(i));
                landed.add(new Landing(written.get(i), outcome));
              }
              return landed;
            });
  }

  private Visibility visibility(Pending pending, RowImage image) {
    return pending.takenAt - pending.newestEntry >= lateWindow || pending.expected.isEmpty()
        ? Visibility.VISIBLE
        : Confirmation.of(pending.expected, image);
  }

  static Outcome outcome(WriteResult result, DocumentOp op, Visibility visibility) {
    if (result instanceof WriteResult.Applied) {
      return new Done(op instanceof DocumentOp.Delete, false, visibility);
    } else if (result instanceof WriteResult.Conflict conflict) {
      return new Conflict(conflict.current());
    } else if (result instanceof WriteResult.Retry retry) {
      return new Retry(retry.scope(), retry.reason());
    }
    String document =
        op instanceof DocumentOp.Index index
            ? new String(index.source(), java.nio.charset.StandardCharsets.UTF_8)
            : null;
    return new Rejected(((WriteResult.Rejected) result).reason(), document);
  }
}
