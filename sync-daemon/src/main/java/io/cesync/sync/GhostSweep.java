package io.cesync.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.Stages;
import io.cesync.document.DocumentScan;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.mapping.InvalidKeyException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a snapshot into an index that held documents already: finds those that the snapshot did not
 * write, by their sequence numbers (all, where there are none), and brings their keys over once
 * more, which deletes the ones that have no row. Confined to the loop's thread.
 */
final class GhostSweep implements TableSync.Chore {

  private static final Logger LOG = LoggerFactory.getLogger(GhostSweep.class);
  private static final int PAGE = 1_000;

  private final Shared shared;
  private final TableSync sync;
  private final List<Long> before;
  private final Runnable finished;
  private int shard = -1;
  private DocumentScan scan;
  private int open;
  private boolean busy;
  private boolean ended;

  /**
   * @param before each shard's highest sequence number before the snapshot
   * @param finished told when all are done
   */
  GhostSweep(Shared shared, TableSync sync, List<Long> before, Runnable finished) {
    this.shared = shared;
    this.sync = sync;
    this.before = before;
    this.finished = finished;
  }

  @Override
  public boolean step(long now) {
    if (busy || ended || !sync.hasRoomForMore()) {
      return ended;
    }
    if (scan != null && scan.hasMore()) {
      next();
    } else if (shard + 1 < before.size()) {
      shard++;
      scan =
          DocumentScan.of(
              shared.client(),
              sync.target().index(),
              JsonNodeFactory.instance.arrayNode(),
              OptionalInt.of(shard),
              OptionalLong.of(before.get(shard)),
              PAGE);
      if (before.get(shard) < 0) {
        scan = null;
        sync.loop().execute(() -> {});
      } else {
        next();
      }
    } else if (open == 0) {
      ended = true;
      finished.run();
    }
    return ended;
  }

  private void next() {
    busy = true;
    CompletionStage<Void> refreshed = new Indices(shared.client()).refresh(sync.target().index());
    DocumentScan current = scan;
    Stages.whenEnded(
        refreshed.thenCompose(done -> current.next()),
        sync.loop(),
        (hits, failure) -> {
          busy = false;
          if (failure != null) {
            shared
                .search()
                .failed(String.valueOf(SearchClient.message(failure)), shared.clock().millis());
          } else {
            shared.search().succeeded(shared.clock().millis());
            hits.forEach(this::lookAt);
          }
        });
  }

  private void lookAt(DocumentScan.Hit hit) {
    try {
      Pending pending = new Pending(sync.target().mapping().keys().ofDocumentId(hit.id()));
      pending.leastVersion = hit.version();
      open++;
      pending.whenDone(() -> open--);
      sync.put(pending);
    } catch (InvalidKeyException e) {
      LOG.debug("{} is no document of ours: {}", hit.id(), e.getMessage());
    }
  }
}
