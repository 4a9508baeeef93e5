package io.cesync.sync;

import io.cesync.intents.Intent;
import io.cesync.intents.IntentLog;
import io.cesync.intents.Segment;
import io.cesync.ledger.LedgerEntry;
import io.cesync.state.StateException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The {@link IntentLog} as one table uses it. Thread-safe.
 *
 * @param table keyspace.table
 * @param fatal told if nothing can be noted: the daemon must stop then
 */
record TableIntents(IntentLog log, String table, Consumer<Throwable> fatal) {

  /**
   * A document about to be written, for one key.
   *
   * @param entry what the ledger gets then; null if it is to be deleted
   */
  record Attempt(Pending pending, LedgerEntry entry) {}

  /**
   * Notes what is about to be written, until its keys are settled. What is noted already isn't
   * noted again: an outage may have it tried very often.
   */
  void note(List<Attempt> attempts) {
    List<Attempt> added =
        attempts.stream().filter(each -> !each.pending.attempts.include(each.entry)).toList();
    if (added.isEmpty()) {
      return;
    }
    Segment segment = append(added);
    for (Attempt each : added) {
      each.pending.attempts = each.pending.attempts.plus(each.entry);
      each.pending.whenSettled(() -> log.release(segment));
    }
  }

  private Segment append(List<Attempt> added) {
    try {
      return log.append(
          added.stream()
              .map(each -> new Intent(table, each.pending.key.json(), each.entry))
              .toList());
    } catch (StateException e) {
      fatal.accept(e);
      throw e;
    }
  }

  /** What a former process noted and did not settle. */
  List<IntentLog.Left> left() {
    return log.take(table);
  }
}
