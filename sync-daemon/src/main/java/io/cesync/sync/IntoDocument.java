package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.document.DocumentOp;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.merge.DocumentDecision;
import io.cesync.merge.DocumentState;
import io.cesync.sync.Outcome.Again;
import io.cesync.sync.Outcome.Again.Why;
import io.cesync.sync.TwoWaySteps.Note;
import io.cesync.sync.TwoWaySteps.Write;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Makes a document what its row is, once the row has what the document changed. Thread-safe. */
final class IntoDocument {

  private final TableTarget target;
  private final TwoWay twoWay;
  private final DocumentWriter writer;
  private final Clock clock;

  IntoDocument(TableTarget target, DocumentWriter writer, Clock clock) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
    this.writer = writer;
    this.clock = clock;
  }

  /** Adds what is to be done. */
  void take(TwoWayCase each, DocumentState document, TwoWaySteps steps) {
    if (document instanceof DocumentState.Present present) {
      each.pending.refusedCounters =
          twoWay.merge().refusedCounters(each.row, present, each.entry).size();
    }
    boolean passedOver =
        each.pending.ofCassandra
            || target.mark().filter(mark -> mark.isOfElasticsearch(each.row)).isPresent();
    DocumentDecision decision =
        passedOver
            ? twoWay.merge().untouched(each.row, document, each.entry)
            : twoWay.intoDocument(each.row, document, each.entry, each.pending.leastVersion);
    String index = target.index();
    if (decision instanceof DocumentDecision.Read) {
      each.pending.readsDocument = true;
      steps.land(each.landing(new Again(Why.DOCUMENT_UNKNOWN)));
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
              null,
              expected));
    } else if (decision instanceof DocumentDecision.Correct correct) {
      // It may be gone since it was seen.
      long seen = each.pending.detected(correct.place().seqNo(), Micros.of(clock.instant()));
      LedgerEntry entry =
          each.entry(
              correct.routing(), correct.place(), correct.timestamp(), correct.digests(), seen);
      steps.notes.add(new Note(each, entry, each.done(false, true).outcome()));
    } else if (decision instanceof DocumentDecision.Forget) {
      steps.land(writer.forget(each).thenApply(done -> each.done(true, true)));
    } else if (document instanceof DocumentState.Absent && each.pending.missed != null) {
      // Without an entry, its place was left behind: it would be missed again and again.
      steps.land(
          twoWay
              .ledger()
              .forget(each.pending.missed)
              .thenApply(done -> each.done(!each.row.present(), true)));
    } else {
      steps.land(each.done(!each.row.present(), true));
    }
  }

  /** Makes a write out of a document's text. */
  private interface Making {
    DocumentOp of(byte[] source, long timestamp);
  }

  private void write(TwoWayCase each, Making making, LedgerEntry entry, TwoWaySteps steps) {
    try {
      if (twoWay.writesTimes()) {
        long time = twoWay.times().written(entry.timestamp());
        byte[] source = twoWay.times().stamp(each.row.document(), time);
        steps.writes.add(new Write(each, making.of(source, time), entry.notBefore(time), null));
      } else {
        byte[] source = each.row.document();
        long told = twoWay.times().of(source).orElse(Long.MIN_VALUE);
        steps.writes.add(
            new Write(each, making.of(source, entry.timestamp()), entry.notBefore(told), null));
      }
    } catch (IOException | RuntimeException e) {
      String reason = "the row can't be told as JSON: " + e;
      steps.land(each.landing(Outcome.Rejected.row(reason, null)));
    }
  }

  private LedgerEntry entry(
      TwoWayCase each, String routing, Place place, long timestamp, Map<String, Long> digests) {
    return each.entry(routing, place, timestamp, digests, Micros.of(clock.instant()));
  }
}
