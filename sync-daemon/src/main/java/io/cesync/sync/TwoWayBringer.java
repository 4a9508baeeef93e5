package io.cesync.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.Micros;
import io.cesync.document.BulkSender;
import io.cesync.document.DocumentReader;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.StoredDocument;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.InvalidDocumentException;
import io.cesync.merge.DocumentState;
import io.cesync.merge.RowDecision;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.sync.Outcome.Again;
import io.cesync.sync.Outcome.Again.Why;
import io.cesync.sync.TwoWaySteps.Carry;
import io.cesync.sync.TwoWaySteps.Note;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Brings a row and its document together, whichever of them changed. What the document has that the
 * row hasn't got yet goes into the row first; then the row is read again, and the document becomes
 * what the row is, unless it has changed meanwhile. The document itself is only read if something
 * says that it changed: else the ledger tells what it is.
 */
final class TwoWayBringer implements Bringer {

  private final TableTarget target;
  private final TwoWay twoWay;
  private final DocumentStates states;
  private final DocumentLooks looks;
  private final DocumentWriter writer;
  private final IntoDocument intoDocument;
  private final Clock clock;
  private final long lateWindow;

  /**
   * @param lateWindow milliseconds after which an entry's write counts as visible
   * @param sizes told the size of each document in bytes; called from any thread
   */
  TwoWayBringer(
      TableTarget target, BulkSender sender, Clock clock, long lateWindow, LongConsumer sizes) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
    this.states = new DocumentStates(target);
    this.looks = new DocumentLooks(twoWay, states);
    this.writer = new DocumentWriter(target, sender, sizes);
    this.intoDocument = new IntoDocument(target, writer, clock);
    this.clock = clock;
    this.lateWindow = lateWindow;
  }

  @Override
  public CompletionStage<List<Landing>> bring(List<RowImage> rows, Map<RowKey, Pending> byKey) {
    List<Landing> unseen = new ArrayList<>(0);
    Map<String, RowImage> byId = new LinkedHashMap<>(rows.size() * 2);
    for (RowImage row : rows) {
      Pending pending = byKey.get(row.key());
      pending.shown = row.oldestIfComplete();
      if (!pending.readsDocument
          && pending.foundAt == null
          && pending.attempt == 0
          && Confirmation.of(pending, row, lateWindow) == Visibility.NOT_YET) {
        unseen.add(new Landing(pending, new Outcome.Unseen()));
      } else {
        byId.put(target.mapping().keys().documentId(row.key()), row);
      }
    }
    return entries(byId, byKey)
        .thenCompose(entries -> bring(cases(byId, byKey, entries)))
        .thenApply(
            landed -> {
              landed.addAll(unseen);
              return landed;
            });
  }

  /** Of documents that it didn't know when they were found it needn't be asked again. */
  private CompletionStage<Map<String, LedgerEntry>> entries(
      Map<String, RowImage> byId, Map<RowKey, Pending> byKey) {
    List<String> asked = new ArrayList<>(byId.size());
    byId.forEach(
        (id, row) -> {
          if (!states.isCarried(byKey.get(row.key()), false)) {
            asked.add(id);
          }
        });
    return asked.isEmpty()
        ? CompletableFuture.completedFuture(Map.of())
        : twoWay.ledger().get(asked);
  }

  private List<TwoWayCase> cases(
      Map<String, RowImage> byId, Map<RowKey, Pending> byKey, Map<String, LedgerEntry> entries) {
    List<TwoWayCase> cases = new ArrayList<>(byId.size());
    byId.forEach(
        (id, row) -> {
          Pending pending = byKey.get(row.key());
          Optional<LedgerEntry> entry = Optional.ofNullable(entries.get(id));
          pending.attempts = pending.attempts.since(entry);
          pending.readsDocument = looks.isNeeded(pending, entry);
          cases.add(
              new TwoWayCase(pending, row, id, Confirmation.of(pending, row, lateWindow), entry));
        });
    return cases;
  }

  private CompletionStage<List<Landing>> bring(List<TwoWayCase> cases) {
    return looks
        .at(cases.stream().filter(each -> each.pending.readsDocument).toList())
        .thenCompose(
            seen -> {
              TwoWaySteps steps = new TwoWaySteps(twoWay.writer().batch());
              for (TwoWayCase each : cases) {
                step(each, seen.get(each), steps);
              }
              return writer.take(steps);
            });
  }

  private void step(TwoWayCase each, Look look, TwoWaySteps steps) {
    DocumentState document;
    try {
      document = states.of(each.row.key(), each.pending, each.entry.isPresent(), look);
    } catch (InvalidDocumentException | IOException e) {
      steps.notes.add(refused(each, (DocumentReader.Found) look, e.getMessage()));
      return;
    }
    if (look instanceof DocumentReader.Unknown unknown) {
      steps.land(each.landing(new Outcome.Retry(unknown.scope(), unknown.reason())));
      return;
    } else if (look instanceof DocumentReader.Unreadable unreadable) {
      steps.land(each.landing(Outcome.Rejected.document(unreadable.reason(), null)));
      return;
    }
    if (document instanceof DocumentState.Present present && carriesAgain(each, present, steps)) {
      return;
    }
    RowDecision row = intoRow(each, document);
    if (row instanceof RowDecision.Write write) {
      DocumentState.Present present = (DocumentState.Present) document;
      // A write that failed may still come: a list must not be written twice at one time.
      int later = twoWay.merge().hasList(write.cells()) ? each.pending.failedWrites : 0;
      long timestamp = write.timestamp() + later;
      // Ahead of that, so that what fails very often isn't noted each time.
      Map<String, Long> digests = twoWay.merge().digests(present);
      carry(each, present.routing(), present.place(), timestamp + later, digests, steps);
      steps.land(
          write(each, write, timestamp, steps)
              .whenComplete((done, failure) -> each.pending.failedWrites += failure == null ? 0 : 1)
              .thenApply(
                  done -> {
                    // Only now: what failed has to be written again.
                    each.pending.carried(present.place());
                    return each.landing(new Again(Why.ROW_WRITTEN));
                  }));
    } else if (row instanceof RowDecision.Delete delete) {
      steps.land(
          delete(each, document, delete.timestamp(), steps)
              .thenApply(done -> each.landing(new Again(Why.ROW_DELETED))));
    } else {
      intoDocument.take(each, document, steps);
    }
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
    if (document instanceof DocumentState.Marked marked) {
      carry(each, marked.routing(), marked.place(), timestamp, Map.of(), steps);
      return steps
          .noted()
          .thenCompose(done -> twoWay.writer().delete(key, timestamp))
          .thenAccept(done -> each.pending.carried(marked.place()));
    }
    return twoWay
        .writer()
        .delete(key, timestamp)
        .thenCompose(done -> writer.forget(each))
        .thenAccept(done -> each.pending.forgetCarries());
  }

  private void carry(
      TwoWayCase each,
      String routing,
      Place place,
      long timestamp,
      Map<String, Long> digests,
      TwoWaySteps steps) {
    // It may be gone since it was seen.
    long seen = each.pending.detected(place.seqNo(), nowMicros());
    steps.carries.add(
        new Carry(each.pending, each.entry(routing, place, timestamp, digests, seen)));
  }

  private RowDecision intoRow(TwoWayCase each, DocumentState document) {
    if (each.pending.ofCassandra) {
      return new RowDecision.Nothing();
    } else if (document instanceof DocumentState.Present present) {
      return intoRow(each, present, present.place());
    } else if (document instanceof DocumentState.Marked marked) {
      return intoRow(each, marked, marked.place());
    }
    // It may be gone before the ledger came to know it.
    Optional<LedgerEntry> known =
        each.entry.or(() -> Optional.ofNullable(each.pending.carries.last()));
    return twoWay.merge().intoRow(each.row, document, known, each.pending.attempts, Long.MIN_VALUE);
  }

  private RowDecision intoRow(TwoWayCase each, DocumentState document, Place place) {
    RowDecision decision =
        twoWay
            .merge()
            .intoRow(
                each.row,
                document,
                before(each, place),
                each.pending.attempts,
                each.detectedAt(place, twoWay.ledger(), nowMicros()));
    return each.pending.hasCarried(place) ? new RowDecision.Nothing() : decision;
  }

  /** What the document was when the row had got its changes last. */
  private static Optional<LedgerEntry> before(TwoWayCase each, Place place) {
    List<LedgerEntry> carries = each.pending.carries.between(each.entry, place);
    return carries.isEmpty() ? each.entry : Optional.of(carries.get(carries.size() - 1));
  }

  /**
   * Writes to the row, as of then, what an earlier write of the document changed and the document
   * still says, if that may not have come to it: it is no change of now.
   *
   * @return false if there is nothing like that
   */
  private boolean carriesAgain(TwoWayCase each, DocumentState.Present document, TwoWaySteps steps) {
    Pending pending = each.pending;
    Optional<LedgerEntry> before = each.entry;
    for (LedgerEntry carry : pending.carries.between(each.entry, document.place())) {
      if (!pending.ofCassandra && !pending.hasCarried(carry.place())) {
        RowDecision again =
            twoWay.merge().intoRowAgain(each.row, document, before, pending.attempts, carry);
        if (again instanceof RowDecision.Write write) {
          int later = twoWay.merge().hasList(write.cells()) ? pending.failedWrites : 0;
          steps.land(
              write(each, write, write.timestamp() + later, steps)
                  .whenComplete((done, failure) -> pending.failedWrites += failure == null ? 0 : 1)
                  .thenApply(
                      done -> {
                        pending.carried(carry.place());
                        return each.landing(new Again(Why.ROW_WRITTEN));
                      }));
          return true;
        }
      }
      before = Optional.of(carry);
    }
    return false;
  }

  /** The ledger must know it nevertheless: where it lacks one, a deleted one isn't missed. */
  private Note refused(TwoWayCase each, DocumentReader.Found found, String reason) {
    StoredDocument stored = found.document();
    Place place = states.placeOf(each.pending, stored);
    LedgerEntry entry = each.refusedAt(place, stored.routing(), twoWay.ledger(), nowMicros());
    LedgerEntry ours =
        each.pending.attempts.isEmpty()
            ? entry
            : twoWay.merge().withAttempts(entry, each.pending.attempts, states.readable(stored));
    String source = new String(stored.source(), UTF_8);
    return new Note(each, ours, Outcome.Rejected.document(reason, source));
  }

  private long nowMicros() {
    return Micros.of(clock.instant());
  }
}
