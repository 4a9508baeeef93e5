package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.merge.Carries;
import io.cesync.merge.DocumentState;
import io.cesync.merge.DocumentState.Marked;
import io.cesync.merge.DocumentState.Present;
import io.cesync.merge.RowChange;
import io.cesync.merge.RowDecision;
import io.cesync.row.RowKey;
import io.cesync.sync.Outcome.Again;
import io.cesync.sync.Outcome.Again.Why;
import io.cesync.sync.TwoWaySteps.Carry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Brings what a document changed to its row. Thread-safe. */
final class IntoRow {

  private final TwoWay twoWay;
  private final DocumentWriter writer;
  private final Clock clock;

  IntoRow(TwoWay twoWay, DocumentWriter writer, Clock clock) {
    this.twoWay = twoWay;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Adds what is to be done.
   *
   * @return false if the row needs nothing
   */
  boolean take(TwoWayCase each, DocumentState document, TwoWaySteps steps) {
    if (each.pending.ofCassandra) {
      return false;
    }
    RowChange change =
        twoWay
            .merge()
            .intoRow(
                each.row,
                document,
                each.entry,
                each.pending.carries,
                each.pending.attempts,
                detectedAt(each, document));
    if (change.decision() instanceof RowDecision.Write write) {
      write(each, (Present) document, write, change.of(), steps);
    } else if (change.decision() instanceof RowDecision.Delete delete) {
      steps.land(
          delete(each, document, delete.timestamp(), steps)
              .thenApply(done -> each.landing(new Again(Why.ROW_DELETED))));
    }
    return !(change.decision() instanceof RowDecision.Nothing);
  }

  private long detectedAt(TwoWayCase each, DocumentState document) {
    if (document instanceof Present present) {
      return each.detectedAt(present.place(), twoWay.ledger(), now());
    } else if (document instanceof Marked marked) {
      return each.detectedAt(marked.place(), twoWay.ledger(), now());
    }
    return Long.MIN_VALUE;
  }

  private void write(
      TwoWayCase each, Present document, RowDecision.Write write, Place of, TwoWaySteps steps) {
    boolean hasList = twoWay.merge().hasList(write.cells());
    // A write that failed may still come: a list must not be written twice at one time.
    int later = hasList ? each.pending.failedWrites : 0;
    long least = hasList ? each.pending.listsAfter + 1 : Long.MIN_VALUE;
    long timestamp = Math.max(write.timestamp(), least) + later;
    boolean again = !of.isSameWrite(document.place());
    if (!again) {
      Map<String, Long> digests = twoWay.merge().digests(document);
      LedgerEntry seen = seen(each, document.routing(), of, timestamp, digests);
      // Ahead of that, so that what fails very often isn't noted each time.
      steps.carries.add(new Carry(each.pending, seen.notBefore(timestamp + later), timestamp));
    }
    steps.land(
        write(each, write, timestamp, steps)
            .whenComplete((done, failure) -> each.pending.failedWrites += failure == null ? 0 : 1)
            .thenApply(
                done -> {
                  // Only now: what failed has to be written again.
                  Carries carries = each.pending.carries;
                  each.pending.carries = again ? carries.landedAgain(of) : carries.landed(of);
                  return each.landing(new Again(Why.ROW_WRITTEN));
                }));
  }

  /** What failed with others goes by itself then. */
  private CompletionStage<Void> write(
      TwoWayCase each, RowDecision.Write write, long timestamp, TwoWaySteps steps) {
    RowKey key = each.row.key();
    return each.pending.failedWrites == 0
        ? steps.rows.write(key, write.cells(), timestamp, write.insert())
        : steps
            .noted()
            .thenCompose(
                done -> twoWay.writer().write(key, write.cells(), timestamp, write.insert()));
  }

  /** The row that newer cells may leave isn't deleted again for the same. */
  private CompletionStage<Void> delete(
      TwoWayCase each, DocumentState document, long timestamp, TwoWaySteps steps) {
    RowKey key = each.row.key();
    if (document instanceof Marked marked) {
      LedgerEntry seen = seen(each, marked.routing(), marked.place(), timestamp, Map.of());
      steps.carries.add(new Carry(each.pending, seen, timestamp));
      return steps
          .noted()
          .thenCompose(done -> twoWay.writer().delete(key, timestamp))
          .thenAccept(done -> each.pending.carries = each.pending.carries.landed(marked.place()));
    }
    return twoWay
        .writer()
        .delete(key, timestamp)
        .thenCompose(done -> writer.forget(each))
        .thenAccept(
            done -> {
              each.pending.carries = Carries.NONE;
              each.pending.attempts = each.pending.attempts.toCreate();
            });
  }

  private LedgerEntry seen(
      TwoWayCase each, String routing, Place place, long timestamp, Map<String, Long> digests) {
    // It may be gone since then.
    long seen = each.pending.detected(place.seqNo(), now());
    return each.entry(routing, place, timestamp, digests, seen);
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
