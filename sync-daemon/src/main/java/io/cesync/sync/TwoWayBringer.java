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
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
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
  private final IntoRow intoRow;
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
    this.intoRow = new IntoRow(twoWay, writer, clock);
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
    if (!intoRow.take(each, document, steps)) {
      intoDocument.take(each, document, steps);
    }
  }

  /** The ledger must know it nevertheless: where it lacks one, a deleted one isn't missed. */
  private Note refused(TwoWayCase each, DocumentReader.Found found, String reason) {
    StoredDocument stored = found.document();
    Place place = states.placeOf(each.pending, stored);
    LedgerEntry entry =
        each.refusedAt(place, stored.routing(), twoWay.ledger(), Micros.of(clock.instant()));
    LedgerEntry ours =
        each.pending.attempts.isEmpty()
            ? entry
            : twoWay.merge().withAttempts(entry, each.pending.attempts, states.readable(stored));
    String source = new String(stored.source(), UTF_8);
    return new Note(each, ours, Outcome.Rejected.document(reason, source));
  }
}
