package io.cesync.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cesync.Micros;
import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.DocumentReader;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.SearchClient;
import io.cesync.document.StoredDocument;
import io.cesync.document.WriteResult;
import io.cesync.ledger.Ledger;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.InvalidDocumentException;
import io.cesync.merge.DocumentDecision;
import io.cesync.merge.DocumentState;
import io.cesync.merge.RowDecision;
import io.cesync.row.RowBatch;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.sync.Outcome.Again;
import io.cesync.sync.Outcome.Again.Why;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final BulkSender sender;
  private final Clock clock;
  private final long lateWindow;
  private final LongConsumer sizes;

  /**
   * @param lateWindow milliseconds after which an entry's write counts as visible
   * @param sizes told the size of each document in bytes; called from any thread
   */
  TwoWayBringer(
      TableTarget target, BulkSender sender, Clock clock, long lateWindow, LongConsumer sizes) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
    this.states = new DocumentStates(target);
    this.sender = sender;
    this.clock = clock;
    this.lateWindow = lateWindow;
    this.sizes = sizes;
  }

  /** One row on its way. */
  private record Case(
      Pending pending,
      RowImage row,
      String id,
      Visibility visibility,
      Optional<LedgerEntry> entry) {
    Landing landing(Outcome outcome) {
      return new Landing(pending, outcome);
    }

    Landing done(boolean deleted, boolean unchanged) {
      return landing(new Outcome.Done(deleted, unchanged, visibility));
    }

    String routing() {
      return entry.map(LedgerEntry::routing).orElse(pending.routing);
    }
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
    return twoWay
        .ledger()
        .get(byId.keySet())
        .thenCompose(entries -> bring(cases(byId, byKey, entries)))
        .thenApply(
            landed -> {
              landed.addAll(unseen);
              return landed;
            });
  }

  private List<Case> cases(
      Map<String, RowImage> byId, Map<RowKey, Pending> byKey, Map<String, LedgerEntry> entries) {
    List<Case> cases = new ArrayList<>(byId.size());
    byId.forEach(
        (id, row) -> {
          Pending pending = byKey.get(row.key());
          Optional<LedgerEntry> entry = Optional.ofNullable(entries.get(id));
          pending.readsDocument |=
              twoWay.readsFirst()
                  || !pending.attempts.isEmpty()
                  || (pending.foundAt != null && !isKnown(pending.foundAt, entry));
          cases.add(new Case(pending, row, id, Confirmation.of(pending, row, lateWindow), entry));
        });
    return cases;
  }

  /**
   * Whether the ledger has come to know a write of a document since a search found it: that was
   * cesync's own, or one that cesync's own came after, which it never does without having seen it.
   */
  private boolean isKnown(Place found, Optional<LedgerEntry> entry) {
    return entry
        .map(LedgerEntry::place)
        .filter(place -> place.era().equals(found.era()) && place.shard() != Place.UNKNOWN_SHARD)
        .filter(
            place ->
                place.isSameWrite(found)
                    // Versions, which other servers have instead of numbers, may begin anew.
                    || (twoWay.ledger().seesDeletes() && found.isBefore(place)))
        .isPresent();
  }

  private CompletionStage<List<Landing>> bring(List<Case> cases) {
    List<Case> reading = cases.stream().filter(c -> c.pending.readsDocument).toList();
    return looks(reading)
        .thenCompose(
            looks -> {
              Steps steps = new Steps();
              for (Case each : cases) {
                step(each, looks.get(each), steps);
              }
              steps.rows.send();
              return all(steps.landings)
                  .thenCombine(remember(steps.notes), TwoWayBringer::joined)
                  .thenCombine(write(steps.writes), TwoWayBringer::joined);
            });
  }

  /** What is to be done for some rows. */
  private final class Steps {
    final RowBatch rows = twoWay.writer().batch();
    final List<CompletionStage<Landing>> landings = new ArrayList<>();
    final List<Write> writes = new ArrayList<>();
    final List<Note> notes = new ArrayList<>();
  }

  /** As a search found them, or as they are now. */
  private CompletionStage<Map<Case, Look>> looks(List<Case> cases) {
    Map<Case, Look> looks = new HashMap<>(cases.size() * 2);
    List<Case> reading = new ArrayList<>();
    for (Case each : cases) {
      if (isStillFound(each)) {
        looks.put(each, new DocumentReader.Found(each.pending.found));
      } else {
        reading.add(each);
      }
    }
    return read(reading)
        .thenApply(
            read -> {
              looks.putAll(read);
              return looks;
            });
  }

  /**
   * Whether a document is still as a search found it, as far as cesync is concerned: what the
   * application has written since is found next time, and a write that doesn't know of it is
   * refused.
   */
  private boolean isStillFound(Case each) {
    StoredDocument found = each.pending.found;
    return found != null
        && each.entry
            .map(LedgerEntry::place)
            .filter(place -> place.era().equals(twoWay.ledger().era()))
            .filter(place -> !place.isBefore(states.placeOf(each.pending, found)))
            .isEmpty();
  }

  private CompletionStage<Map<Case, Look>> read(List<Case> reading) {
    if (reading.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    List<Wanted> wanted = reading.stream().map(c -> new Wanted(c.id, c.routing())).toList();
    return twoWay
        .documents()
        .read(wanted)
        .handle(
            (looks, failure) -> {
              Map<Case, Look> byCase = new HashMap<>(reading.size() * 2);
              for (int i = 0; i < reading.size(); i++) {
                byCase.put(
                    reading.get(i),
                    failure == null
                        ? looks.get(i)
                        : new DocumentReader.Unknown(
                            SearchClient.scope(failure), SearchClient.message(failure)));
              }
              return byCase;
            });
  }

  /** A document to be written, and what the ledger gets then. */
  private record Write(Case of, DocumentOp op, LedgerEntry entry) {}

  /** What the ledger gets, and what has become of the row then. */
  private record Note(Case of, LedgerEntry entry, Outcome outcome) {}

  private void step(Case each, Look look, Steps steps) {
    DocumentState document;
    try {
      document = states.of(each.row.key(), each.pending, look);
    } catch (InvalidDocumentException | IOException e) {
      steps.notes.add(refused(each, (DocumentReader.Found) look, e.getMessage()));
      return;
    }
    if (look instanceof DocumentReader.Unknown unknown) {
      steps.landings.add(now(each.landing(new Outcome.Retry(unknown.scope(), unknown.reason()))));
      return;
    } else if (look instanceof DocumentReader.Unreadable unreadable) {
      steps.landings.add(now(each.landing(Outcome.Rejected.document(unreadable.reason(), null))));
      return;
    }
    RowDecision row = intoRow(each, document);
    if (row instanceof RowDecision.Write write) {
      DocumentState.Present carried = (DocumentState.Present) document;
      // A write that failed may still come: a list must not be written twice at one time.
      long timestamp = write.timestamp() + each.pending.failedWrites;
      steps.landings.add(
          write(each, write, timestamp, steps.rows)
              .whenComplete((done, failure) -> each.pending.failedWrites += failure == null ? 0 : 1)
              .thenApply(
                  done -> {
                    // Only now: what failed has to be written again.
                    each.pending.carried =
                        carried(each, carried.routing(), carried.place(), timestamp);
                    return each.landing(new Again(Why.ROW_WRITTEN));
                  }));
    } else if (row instanceof RowDecision.Delete delete) {
      steps.landings.add(
          twoWay
              .writer()
              .delete(each.row.key(), delete.timestamp())
              // Else the row that newer cells may have left would be deleted again.
              .thenCompose(
                  done ->
                      document instanceof DocumentState.Marked
                          ? CompletableFuture.completedFuture(null)
                          : forget(each))
              .thenApply(
                  done -> {
                    each.pending.carried =
                        document instanceof DocumentState.Marked marked
                            ? carried(each, marked.routing(), marked.place(), delete.timestamp())
                            : null;
                    return each.landing(new Again(Why.ROW_DELETED));
                  }));
    } else {
      document(each, document, steps);
    }
  }

  /** What failed with others goes by itself then. */
  private CompletionStage<Void> write(
      Case each, RowDecision.Write write, long timestamp, RowBatch rows) {
    return each.pending.failedWrites == 0
        ? rows.write(each.row.key(), write.cells(), timestamp, write.insert())
        : twoWay.writer().write(each.row.key(), write.cells(), timestamp, write.insert());
  }

  private RowDecision intoRow(Case each, DocumentState document) {
    if (each.pending.ofCassandra) {
      return new RowDecision.Nothing();
    } else if (document instanceof DocumentState.Present present) {
      return intoRow(each, present, present.place());
    } else if (document instanceof DocumentState.Marked marked) {
      return intoRow(each, marked, marked.place());
    }
    // It may be gone before the ledger came to know it.
    Optional<LedgerEntry> known = each.entry.or(() -> Optional.ofNullable(each.pending.carried));
    return twoWay.merge().intoRow(each.row, document, known, each.pending.attempts, Long.MIN_VALUE);
  }

  private RowDecision intoRow(Case each, DocumentState document, Place place) {
    RowDecision decision =
        twoWay
            .merge()
            .intoRow(
                each.row, document, each.entry, each.pending.attempts, detectedAt(each, place));
    return each.pending.hasCarried(place) ? new RowDecision.Nothing() : decision;
  }

  /** Of documents that were there before the ledger, nothing tells how old they are: rows win. */
  private long detectedAt(Case each, Place place) {
    long detected = each.pending.detected(place.seqNo(), nowMicros());
    return each.entry.isPresent() || twoWay.ledger().isComplete() ? detected : 0;
  }

  private LedgerEntry carried(Case each, String routing, Place place, long timestamp) {
    return entry(each, routing, place, timestamp, Map.of());
  }

  /** The ledger must know it nevertheless: where it lacks one, a deleted one isn't missed. */
  private Note refused(Case each, DocumentReader.Found found, String reason) {
    StoredDocument stored = found.document();
    LedgerEntry entry =
        entry(
            each,
            stored.routing(),
            states.placeOf(each.pending, stored),
            each.entry.map(LedgerEntry::timestamp).orElse(0L),
            Map.of());
    String source = new String(stored.source(), UTF_8);
    return new Note(each, entry, Outcome.Rejected.document(reason, source));
  }

  private void document(Case each, DocumentState document, Steps steps) {
    if (document instanceof DocumentState.Present present) {
      each.pending.refusedCounters =
          twoWay.merge().refusedCounters(each.row, present, each.entry).size();
    }
    boolean passedOver =
        each.pending.ofCassandra
            || target.mark().filter(mark -> mark.isOfElasticsearch(each.row)).isPresent();
    DocumentDecision decision =
        passedOver
            ? twoWay.merge().untouched(document, each.entry)
            : twoWay.intoDocument(each.row, document, each.entry, each.pending.leastVersion);
    String index = target.index();
    if (decision instanceof DocumentDecision.Read) {
      each.pending.readsDocument = true;
      steps.landings.add(now(each.landing(new Again(Why.DOCUMENT_UNKNOWN))));
    } else if (decision instanceof DocumentDecision.Create create) {
      String routing = each.pending.routing;
      Place place = twoWay.ledger().place(Place.UNKNOWN_SHARD, -1, 0);
      LedgerEntry entry = entry(each, routing, place, create.timestamp(), create.digests());
      write(
          each,
          (source, time) ->
              new DocumentOp.Create(index, each.id, routing, source, target.pipeline(), time),
          entry,
          steps);
    } else if (decision instanceof DocumentDecision.Replace replace) {
      Place expected = replace.expected();
      LedgerEntry entry =
          entry(each, replace.routing(), expected, replace.timestamp(), replace.digests());
      write(
          each,
          (source, time) ->
              new DocumentOp.IndexUnchanged(
                  index,
                  each.id,
                  replace.routing(),
                  expected.seqNo(),
                  expected.primaryTerm(),
                  source,
                  target.pipeline(),
                  time),
          entry,
          steps);
    } else if (decision instanceof DocumentDecision.Remove remove) {
      Place expected = remove.expected();
      steps.writes.add(
          new Write(
              each,
              new DocumentOp.DeleteUnchanged(
                  index, each.id, remove.routing(), expected.seqNo(), expected.primaryTerm()),
              null));
    } else if (decision instanceof DocumentDecision.Correct correct) {
      LedgerEntry entry =
          entry(each, correct.routing(), correct.place(), correct.timestamp(), correct.digests());
      steps.notes.add(new Note(each, entry, each.done(false, true).outcome()));
    } else if (decision instanceof DocumentDecision.Forget) {
      steps.landings.add(forget(each).thenApply(done -> each.done(true, true)));
    } else {
      steps.landings.add(now(each.done(!each.row.present(), true)));
    }
  }

  /** Makes a write out of a document's text. */
  private interface Making {
    DocumentOp of(byte[] source, long timestamp);
  }

  private void write(Case each, Making making, LedgerEntry entry, Steps steps) {
    try {
      if (twoWay.writesTimes()) {
        long time = twoWay.times().written(entry.timestamp());
        byte[] source = twoWay.times().stamp(each.row.document(), time);
        steps.writes.add(new Write(each, making.of(source, time), entry.notBefore(time)));
      } else {
        byte[] source = each.row.document();
        long told = twoWay.times().of(source).orElse(Long.MIN_VALUE);
        steps.writes.add(
            new Write(each, making.of(source, entry.timestamp()), entry.notBefore(told)));
      }
    } catch (IOException | RuntimeException e) {
      String reason = "the row can't be told as JSON: " + e;
      steps.landings.add(now(each.landing(Outcome.Rejected.row(reason, null))));
    }
  }

  private LedgerEntry entry(
      Case each, String routing, Place place, long timestamp, Map<String, Long> digests) {
    return new LedgerEntry(each.id, routing, place, timestamp, digests, nowMicros());
  }

  private CompletionStage<List<Landing>> write(List<Write> writes) {
    List<DocumentOp> ops = writes.stream().map(Write::op).toList();
    ops.forEach(op -> sizes.accept(op.size()));
    // Until the ledger has them, or they are known not to have taken place.
    twoWay
        .intents()
        .note(
            writes.stream()
                .map(write -> new TableIntents.Attempt(write.of.pending, write.entry))
                .toList());
    return sender
        .write(ops, target.limits())
        .thenCompose(
            results -> {
              Steps steps = new Steps();
              for (int i = 0; i < writes.size(); i++) {
                written(writes.get(i), results.get(i), steps);
              }
              return all(steps.landings).thenCombine(remember(steps.notes), TwoWayBringer::joined);
            });
  }

  private void written(Write write, WriteResult result, Steps steps) {
    Case each = write.of;
    if (write.entry != null
        && (result instanceof WriteResult.Conflict || result instanceof WriteResult.Rejected)) {
      each.pending.attempts = each.pending.attempts.minus(write.entry);
    }
    if (result instanceof WriteResult.Applied applied) {
      if (write.entry == null) {
        steps.landings.add(forget(each).thenApply(done -> each.done(true, false)));
      } else {
        Outcome done = each.done(false, false).outcome();
        steps.notes.add(new Note(each, at(write.entry, applied), done));
      }
    } else if (result instanceof WriteResult.Conflict) {
      each.pending.readsDocument = true;
      each.pending.found = null;
      steps.landings.add(now(each.landing(new Again(Why.DOCUMENT_CHANGED))));
    } else {
      Outcome outcome = OneWayBringer.outcome(result, write.op, each.visibility);
      steps.landings.add(now(each.landing(outcome)));
    }
  }

  private static LedgerEntry at(LedgerEntry entry, WriteResult.Applied applied) {
    Place before = entry.place();
    return entry.at(
        new Place(before.era(), before.shard(), applied.seqNo(), applied.primaryTerm()));
  }

  /** All at once: the ledger has far fewer requests to make of many than of each. */
  private CompletionStage<List<Landing>> remember(List<Note> notes) {
    List<Ledger.Put> puts =
        notes.stream().map(note -> new Ledger.Put(note.entry, note.of.entry)).toList();
    return twoWay
        .ledger()
        .put(puts)
        .thenApply(done -> notes.stream().map(note -> note.of.landing(note.outcome)).toList());
  }

  private CompletionStage<Void> forget(Case each) {
    return each.entry.isPresent()
        ? twoWay.ledger().remove(each.entry.get())
        : CompletableFuture.completedFuture(null);
  }

  private long nowMicros() {
    return Micros.of(clock.instant());
  }

  private static CompletionStage<Landing> now(Landing landing) {
    return CompletableFuture.completedFuture(landing);
  }

  private static CompletionStage<List<Landing>> all(List<CompletionStage<Landing>> stages) {
    CompletableFuture<?>[] futures =
        stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(futures)
        .thenApply(
            done -> {
              List<Landing> landings = new ArrayList<>(stages.size());
              for (CompletionStage<Landing> stage : stages) {
                landings.add(stage.toCompletableFuture().join());
              }
              return landings;
            });
  }

  private static List<Landing> joined(List<Landing> one, List<Landing> other) {
    one.addAll(other);
    return one;
  }
}
