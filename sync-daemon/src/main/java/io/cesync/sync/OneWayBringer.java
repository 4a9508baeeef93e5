package io.cesync.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.WriteResult;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.sync.Outcome.Conflict;
import io.cesync.sync.Outcome.Done;
import io.cesync.sync.Outcome.Rejected;
import io.cesync.sync.Outcome.Retry;
import io.cesync.sync.Outcome.Unseen;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/** Makes documents what their rows are, whatever they were: Cassandra is the authority. */
final class OneWayBringer implements Bringer {

  private final TableTarget target;
  private final Documents documents;
  private final BulkSender sender;
  private final long lateWindow;
  private final LongConsumer sizes;

  /**
   * @param lateWindow milliseconds after which an entry's write counts as visible
   * @param sizes told the size of each document in bytes; called from any thread
   */
  OneWayBringer(
      TableTarget target, BulkSender sender, Clock clock, long lateWindow, LongConsumer sizes) {
    this.target = target;
    this.documents = new Documents(target, clock);
    this.sender = sender;
    this.lateWindow = lateWindow;
    this.sizes = sizes;
  }

  @Override
  public CompletionStage<List<Landing>> bring(List<RowImage> images, Map<RowKey, Pending> byKey) {
    List<Landing> landed = new ArrayList<>(images.size());
    List<DocumentOp> ops = new ArrayList<>(images.size());
    List<Pending> written = new ArrayList<>(images.size());
    List<Visibility> visibilities = new ArrayList<>(images.size());
    for (RowImage image : images) {
      Pending pending = byKey.get(image.key());
      pending.shown = image.oldestIfComplete();
      Visibility visibility = Confirmation.of(pending, image, lateWindow);
      if (visibility == Visibility.NOT_YET && pending.attempt == 0) {
        landed.add(new Landing(pending, new Unseen()));
        continue;
      }
      if (target.mark().filter(mark -> mark.isOfElasticsearch(image)).isPresent()) {
        landed.add(new Landing(pending, new Done(false, true, visibility)));
        continue;
      }
      DocumentOp op;
      try {
        op = documents.op(image, pending.leastVersion);
      } catch (RuntimeException e) {
        landed.add(new Landing(pending, Rejected.row("the row can't be told as JSON: " + e, null)));
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
    return target
        .write(sender, ops)
        .thenApply(
            results -> {
              for (int i = 0; i < results.size(); i++) {
                Outcome outcome = outcome(results.get(i), ops.get(i), visibilities.get(i));
                landed.add(new Landing(written.get(i), outcome));
              }
              return landed;
            });
  }

  static Outcome outcome(WriteResult result, DocumentOp op, Visibility visibility) {
    if (result instanceof WriteResult.Applied) {
      return new Done(op.source() == null, false, visibility);
    } else if (result instanceof WriteResult.Conflict conflict) {
      return new Conflict(conflict.current());
    } else if (result instanceof WriteResult.Retry retry) {
      return new Retry(retry.scope(), retry.reason());
    }
    String document = op.source() == null ? null : new String(op.source(), UTF_8);
    return Rejected.row(((WriteResult.Rejected) result).reason(), document);
  }
}
