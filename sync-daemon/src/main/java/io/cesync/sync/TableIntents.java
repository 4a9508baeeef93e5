package io.cesync.sync;

import io.cesync.intents.Intent;
import io.cesync.intents.IntentLog;
import io.cesync.ledger.LedgerEntry;
import io.cesync.merge.Attempts;
import io.cesync.row.RowKey;
import io.cesync.state.StateException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The {@link IntentLog} as one table uses it. Thread-safe.
 *
 * @param table keyspace.table
 * @param fatal told if nothing can be noted: the daemon must stop then
 */
record TableIntents(IntentLog log, String table, Consumer<Throwable> fatal) {

  /**
   * A noted write.
   *
   * @param entry as the ledger would have it, but with the place that the document had before
   */
  record Noted(LedgerEntry entry, IntentLog.Open open) {}

  /**
   * Notes what is about to be written to documents, until their keys are settled. What is noted
   * already isn't noted again: an outage may have it tried very often.
   */
  void note(List<TwoWaySteps.Write> writes) {
    List<TwoWaySteps.Write> added = writes.stream().filter(write -> !isNoted(write)).toList();
    note(
        added.stream().map(this::intent).toList(),
        added.stream().map(write -> write.of().pending).toList());
  }

  /** The same of what is about to be written to rows. */
  void noteCarried(List<TwoWaySteps.Carry> carries) {
    List<TwoWaySteps.Carry> added = carries.stream().filter(carry -> !isNoted(carry)).toList();
    note(
        added.stream().map(this::intent).toList(),
        added.stream().map(TwoWaySteps.Carry::of).toList());
  }

  private void note(List<Intent> intents, List<Pending> keys) {
    if (!intents.isEmpty()) {
      List<IntentLog.Open> opened = append(intents);
      for (int i = 0; i < opened.size(); i++) {
        remember(intents.get(i), opened.get(i), keys.get(i));
      }
    }
  }

  /**
   * The key of what a former process left, to be looked at.
   *
   * @param era of the index's present contents
   */
  Pending resumed(RowKey key, IntentLog.Left left, String era) {
    Pending pending = new Pending(key);
    Intent intent = left.intent();
    LedgerEntry carried = intent.carried();
    if (carried == null || carried.place().era().equals(era)) {
      remember(intent, left.open(), pending);
    } else {
      release(left.open());
    }
    if (intent.written() != null) {
      pending.routing = intent.written().routing();
    } else if (!pending.carries.isEmpty()) {
      pending.routing = carried.routing();
      // It is no newer now than it was then, and may be gone.
      pending.detected(carried.place().seqNo(), carried.knownAt());
      pending.readsDocument = true;
      // It may still come, and a list must not be written twice at one time.
      pending.listsAfter = carried.timestamp();
    }
    return pending;
  }

  /** Has a key remember what is noted for it, until it is settled. */
  private void remember(Intent intent, IntentLog.Open open, Pending pending) {
    if (intent.written() != null) {
      pending.attempts = pending.attempts.plus(intent.written());
      pending.noted = new Noted(intent.written(), open);
    } else if (intent.deleted() != null) {
      pending.attempts = pending.attempts.plus(intent.deleted());
    } else {
      pending.carries = pending.carries.plus(intent.carried());
    }
    pending.whenSettled(() -> release(open));
  }

  private static boolean isNoted(TwoWaySteps.Carry carry) {
    return carry.of().carries.all().stream()
        .anyMatch(
            noted ->
                noted.place().equals(carry.seen().place())
                    && noted.timestamp() >= carry.timestamp()
                    && noted.knownAt() == carry.seen().knownAt());
  }

  private static boolean isNoted(TwoWaySteps.Write write) {
    Attempts attempts = write.of().pending.attempts;
    return write.entry() == null
        ? attempts.include(write.deleted())
        : attempts.include(write.entry());
  }

  private Intent intent(TwoWaySteps.Write write) {
    String key = write.of().pending.key.json();
    return write.entry() == null
        ? Intent.delete(table, key, write.deleted())
        : Intent.write(table, key, write.entry());
  }

  private Intent intent(TwoWaySteps.Carry carry) {
    return Intent.carry(table, carry.of().key.json(), carry.seen());
  }

  /** Documents are written as it was noted. */
  void written(List<IntentLog.Written> all) {
    orFatal(
        () -> {
          log.written(all);
          return null;
        });
  }

  private List<IntentLog.Open> append(List<Intent> intents) {
    return orFatal(() -> log.append(intents));
  }

  /** What became of an intent is in the ledger, or will never be. */
  void release(IntentLog.Open open) {
    orFatal(
        () -> {
          log.release(open);
          return null;
        });
  }

  private <T> T orFatal(Supplier<T> action) {
    try {
      return action.get();
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
