package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.document.DocumentReader;
import io.cesync.ledger.LedgerEntry;
import io.cesync.mapping.InvalidDocumentException;
import io.cesync.merge.DocumentState;
import io.cesync.merge.RowDecision;
import io.cesync.row.ReadFailure;
import io.cesync.sync.Outcome.Again;
import io.cesync.sync.Outcome.Again.Why;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Writes documents that the ledger doesn't know into the table without reading their rows before:
 * there is nothing yet that they could have changed, and what a row has newer stays. The keys come
 * back to be brought over as all others, whatever became of it. Thread-safe.
 */
final class FreshDocuments {

  private final TableTarget target;
  private final TwoWay twoWay;
  private final DocumentStates states;
  private final Executor workers;
  private final Clock clock;

  /**
   * @param workers read the documents
   */
  FreshDocuments(TableTarget target, Executor workers, Clock clock) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
    this.states = new DocumentStates(target);
    this.workers = workers;
    this.clock = clock;
  }

  /** Takes keys that are {@link Pending#fresh}. The stage never fails. */
  CompletionStage<List<Landing>> insert(List<Pending> taken) {
    Map<Pending, String> ids = new HashMap<>(taken.size() * 2);
    for (Pending pending : taken) {
      pending.fresh = false;
      ids.put(pending, target.mapping().keys().documentId(pending.key));
    }
    return twoWay
        .ledger()
        .get(ids.values())
        .thenComposeAsync(known -> insert(taken, ids, known), workers)
        .exceptionally(thrown -> taken.stream().map(pending -> unread(pending, thrown)).toList());
  }

  private CompletionStage<List<Landing>> insert(
      List<Pending> taken, Map<Pending, String> ids, Map<String, LedgerEntry> known) {
    List<CompletableFuture<Landing>> all = new ArrayList<>(taken.size());
    TwoWaySteps steps = new TwoWaySteps(twoWay.writer().batch());
    for (Pending pending : taken) {
      String id = ids.get(pending);
      all.add(
          known.containsKey(id)
              ? CompletableFuture.completedFuture(notFresh(pending))
              : insert(pending, id, steps).toCompletableFuture());
    }
    steps.sendRows(twoWay.intents());
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
  }

  private CompletionStage<Landing> insert(Pending pending, String id, TwoWaySteps steps) {
    DocumentState state;
    try {
      state = states.of(pending.key, pending, false, new DocumentReader.Found(pending.found));
    } catch (InvalidDocumentException | IOException e) {
      // To be refused as any other.
      return CompletableFuture.completedFuture(notFresh(pending));
    }
    if (pending.ofCassandra || !(state instanceof DocumentState.Present present)) {
      return CompletableFuture.completedFuture(notFresh(pending));
    }
    long now = Micros.of(clock.instant());
    long detected = pending.detected(present.place().seqNo(), now);
    RowDecision.Write write = twoWay.merge().intoNew(present, detected);
    LedgerEntry seen =
        new LedgerEntry(
            id,
            present.routing(),
            present.place(),
            write.timestamp(),
            twoWay.merge().digests(present),
            detected);
    steps.carries.add(new TwoWaySteps.Carry(pending, seen, write.timestamp()));
    return steps
        .rows
        .write(pending.key, write.cells(), write.timestamp(), write.insert())
        .thenApply(
            done -> {
              pending.carries = pending.carries.landed(present.place());
              if (!twoWay.readsFirst()) {
                twoWay
                    .merge()
                    .carried(present, seen.digests())
                    .ifPresent(left -> states.letGo(pending, left));
              }
              return new Landing(pending, new Again(Why.ROW_WRITTEN));
            })
        .exceptionally(
            thrown -> {
              pending.failedWrites++;
              return unread(pending, thrown);
            });
  }

  private static Landing notFresh(Pending pending) {
    return new Landing(pending, new Again(Why.DOCUMENT_UNKNOWN));
  }

  private static Landing unread(Pending pending, Throwable thrown) {
    return new Landing(
        pending, new Outcome.Unread(ReadFailure.of(thrown), ReadFailure.reason(thrown)));
  }
}
