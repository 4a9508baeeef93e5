package io.cesync.sync;

import io.cesync.document.BulkSender;
import io.cesync.document.DocumentOp;
import io.cesync.document.WriteResult;
import io.cesync.intents.IntentLog;
import io.cesync.ledger.Ledger;
import io.cesync.ledger.LedgerEntry;
import io.cesync.sync.Outcome.Again;
import io.cesync.sync.Outcome.Again.Why;
import io.cesync.sync.TwoWaySteps.Note;
import io.cesync.sync.TwoWaySteps.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/** Writes documents of a two-way table, and has the ledger know of it. Thread-safe. */
final class DocumentWriter {

  private final TableTarget target;
  private final TwoWay twoWay;
  private final BulkSender sender;
  private final LongConsumer sizes;

  /**
   * @param sizes told the size of each document in bytes
   */
  DocumentWriter(TableTarget target, BulkSender sender, LongConsumer sizes) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
    this.sender = sender;
    this.sizes = sizes;
  }

  /** Does what is to be done; the stage fails only if Cassandra does. */
  CompletionStage<List<Landing>> take(TwoWaySteps steps) {
    steps.sendRows(twoWay.intents());
    return settle(steps).thenCombine(write(steps.writes), DocumentWriter::joined);
  }

  private CompletionStage<List<Landing>> settle(TwoWaySteps steps) {
    return steps.landings().thenCombine(remember(steps.notes), DocumentWriter::joined);
  }

  private static List<Landing> joined(List<Landing> one, List<Landing> other) {
    one.addAll(other);
    return one;
  }

  private CompletionStage<List<Landing>> write(List<Write> writes) {
    List<DocumentOp> ops = writes.stream().map(Write::op).toList();
    ops.forEach(op -> sizes.accept(op.size()));
    // Until the ledger has them, or they are known not to have taken place.
    twoWay.intents().note(writes);
    OwnNumbers.Request request = twoWay.ledger().own().sent();
    return target
        .write(sender, ops)
        .thenCompose(results -> written(writes, results))
        .whenComplete((done, failure) -> request.settled());
  }

  private CompletionStage<List<Landing>> written(List<Write> writes, List<WriteResult> results) {
    Answers answers = new Answers();
    for (int i = 0; i < writes.size(); i++) {
      answers.take(writes.get(i), results.get(i));
    }
    return answers.settle().thenApply(landings -> known(results, landings));
  }

  /** The next looks may pass over these writes: the ledger has them. */
  private List<Landing> known(List<WriteResult> results, List<Landing> landings) {
    for (WriteResult result : results) {
      if (result instanceof WriteResult.Applied applied) {
        twoWay.ledger().knows(applied.seqNo());
      }
    }
    return landings;
  }

  /** What became of writes that were sent together. For one thread. */
  private final class Answers {
    private final TwoWaySteps steps = new TwoWaySteps(twoWay.writer().batch());
    private final List<IntentLog.Written> noted = new ArrayList<>();
    private final List<Ledger.Owing> owings = new ArrayList<>();

    void take(Write write, WriteResult result) {
      TwoWayCase each = write.of();
      if (write.entry() != null
          && (result instanceof WriteResult.Conflict || result instanceof WriteResult.Rejected)) {
        each.pending.attempts = each.pending.attempts.minus(write.entry());
      }
      if (result instanceof WriteResult.Applied applied) {
        applied(write, applied);
      } else if (result instanceof WriteResult.Conflict) {
        each.pending.readsDocument = true;
        each.pending.found = null;
        steps.land(each.landing(new Again(Why.DOCUMENT_CHANGED)));
      } else {
        steps.land(each.landing(OneWayBringer.outcome(result, write.op(), each.visibility)));
      }
    }

    private void applied(Write write, WriteResult.Applied applied) {
      TwoWayCase each = write.of();
      if (write.entry() == null) {
        steps.land(forget(each).thenApply(done -> each.done(true, false)));
        return;
      }
      LedgerEntry entry = write.entry().writtenAt(applied.seqNo(), applied.primaryTerm());
      Landing done = each.done(false, false);
      Optional<IntentLog.Open> open = each.pending.notedFor(write.entry());
      if (open.isPresent()) {
        noted.add(new IntentLog.Written(open.get(), applied.seqNo(), applied.primaryTerm()));
        owings.add(new Ledger.Owing(new Ledger.Put(entry, each.entry), each.pending.owed()));
        steps.land(done);
      } else {
        steps.notes.add(new Note(each, entry, done.outcome()));
      }
    }

    /** What was answered is noted before it is owed: a process that ends here leaves a note. */
    CompletionStage<List<Landing>> settle() {
      twoWay.intents().written(noted);
      twoWay.ledger().owe(owings);
      return DocumentWriter.this.settle(steps);
    }
  }

  /** All at once: the ledger has far fewer requests to make of many than of each. */
  private CompletionStage<List<Landing>> remember(List<Note> notes) {
    List<Ledger.Put> puts =
        notes.stream().map(note -> new Ledger.Put(note.entry(), note.of().entry)).toList();
    return twoWay
        .ledger()
        .put(puts)
        .thenApply(done -> notes.stream().map(n -> n.of().landing(n.outcome())).toList());
  }

  /** The ledger's entry goes. */
  CompletionStage<Void> forget(TwoWayCase each) {
    return each.entry.isPresent()
        ? twoWay.ledger().remove(each.entry.get())
        : CompletableFuture.completedFuture(null);
  }
}
