package io.cesync.sync;

import io.cesync.intents.Intent;
import io.cesync.intents.IntentLog;
import io.cesync.merge.Attempts;
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
   * Notes what is about to be written, until its keys are settled. What is noted already isn't
   * noted again: an outage may have it tried very often.
   */
  void note(List<TwoWaySteps.Write> writes) {
    List<TwoWaySteps.Write> added = writes.stream().filter(write -> !isNoted(write)).toList();
    if (added.isEmpty()) {
      return;
    }
    List<IntentLog.Open> opened = append(added);
    for (int i = 0; i < added.size(); i++) {
      Pending pending = added.get(i).of().pending;
      IntentLog.Open open = opened.get(i);
      pending.attempts = with(pending.attempts, intent(added.get(i)));
      pending.whenSettled(() -> log.release(open));
    }
  }

  private static boolean isNoted(TwoWaySteps.Write write) {
    Attempts attempts = write.of().pending.attempts;
    return write.entry() == null
        ? attempts.include(write.deleted())
        : attempts.include(write.entry());
  }

  /** These, and what an intent may have done. */
  static Attempts with(Attempts attempts, Intent intent) {
    return intent.entry() == null ? attempts.plus(intent.deleted()) : attempts.plus(intent.entry());
  }

  private Intent intent(TwoWaySteps.Write write) {
    return new Intent(table, write.of().pending.key.json(), write.entry(), write.deleted());
  }

  private List<IntentLog.Open> append(List<TwoWaySteps.Write> added) {
    try {
      return log.append(added.stream().map(this::intent).toList());
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
