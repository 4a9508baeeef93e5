package io.cesync.sync;

import io.cesync.document.DocumentOp;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What is to be done for some rows together. For one thread. */
final class TwoWaySteps {

  /**
   * A document to be written.
   *
   * @param entry what the ledger gets then, with the document's place before; null if it is to be
   *     deleted
   * @param deleted the place of a document that is to be deleted; else null
   */
  record Write(TwoWayCase of, DocumentOp op, LedgerEntry entry, Place deleted) {}

  /**
   * A row that is to get what its document changed.
   *
   * @param seen the document, when that was, and the time that the row gets it with, or a later one
   * @param timestamp µs since 1970: that time
   */
  record Carry(Pending of, LedgerEntry seen, long timestamp) {}

  /** What the ledger gets, and what has become of the row then. */
  record Note(TwoWayCase of, LedgerEntry entry, Outcome outcome) {}

  final RowBatch rows;
  final List<Carry> carries = new ArrayList<>();
  final List<Write> writes = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  private final List<CompletableFuture<Landing>> landings = new ArrayList<>();
  private final CompletableFuture<Void> noted = new CompletableFuture<>();

  /**
   * @param rows what is written to the table
   */
  TwoWaySteps(RowBatch rows) {
    this.rows = rows;
  }

  /** Completes once what is carried is noted: a row may be written then. */
  CompletionStage<Void> noted() {
    return noted;
  }

  /** Notes what is carried, and sends what was written to the table. */
  void sendRows(TableIntents intents) {
    intents.noteCarried(carries);
    noted.complete(null);
    rows.send();
  }

  void land(Landing landing) {
    landings.add(CompletableFuture.completedFuture(landing));
  }

  void land(CompletionStage<Landing> landing) {
    landings.add(landing.toCompletableFuture());
  }

  /** All that lands without a note or a document written. */
  CompletionStage<List<Landing>> landings() {
    return CompletableFuture.allOf(landings.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              List<Landing> all = new ArrayList<>(landings.size());
              landings.forEach(each -> all.add(each.join()));
              return all;
            });
  }
}
