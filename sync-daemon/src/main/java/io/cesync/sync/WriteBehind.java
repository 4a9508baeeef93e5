package io.cesync.sync;

import io.cesync.Stages;
import io.cesync.ledger.Debts;
import io.cesync.row.ReadFailure;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Has a ledger get what it is owed, when there is little else to do. Confined to the loop's thread.
 */
final class WriteBehind {

  /** After a failure that isn't the server's, and holds up nothing else. */
  private static final long PAUSE_MILLIS = 1_000;

  private final Debts ledger;
  private final Worklist worklist;
  private final MemoryShare share;
  private final Gate cassandra;
  private final Executor loop;
  private final Clock clock;
  private final Consumer<String> errors;
  private boolean writing;
  private long pausedTo = Long.MIN_VALUE;

  /**
   * @param errors told why it failed
   */
  WriteBehind(
      Debts ledger,
      Worklist worklist,
      MemoryShare share,
      Gate cassandra,
      Executor loop,
      Clock clock,
      Consumer<String> errors) {
    this.ledger = ledger;
    this.worklist = worklist;
    this.share = share;
    this.cassandra = cassandra;
    this.loop = loop;
    this.clock = clock;
    this.errors = errors;
  }

  /** What is owed takes as much memory as so many keys. */
  int keys() {
    return MemoryShare.keysOfOwed(ledger.owed(), ledger.owedBytes());
  }

  /** The same in characters of keys. */
  long chars() {
    return ledger.owedChars() / 2;
  }

  /**
   * Writes what is due.
   *
   * @param isLogBehind whether older entries of the log aren't read yet
   * @param hurries whether it can't wait: there is no room for more, or somebody counts what the
   *     ledger has
   */
  void step(long now, boolean isLogBehind, boolean hurries) {
    boolean isPossible = !writing && now >= pausedTo && isAnswering(now);
    int owed = ledger.owed();
    boolean isDue = hurries || (!isLogBehind && isIdle()) || keys() >= share.pendingKeys() / 2;
    if (owed > 0 && isPossible && isDue) {
      writing = true;
      Stages.whenEnded(ledger.writeOwed(), loop, this::wrote);
    }
  }

  /** Whether Cassandra is back, less than this tries out, if there is anything. */
  private boolean isAnswering(long now) {
    return cassandra.isOpen()
        || (cassandra.allowed(1, now) > 0 && !worklist.isAnyDue() && worklist.inFlight() == 0);
  }

  private boolean isIdle() {
    return !worklist.isAnyDue() && worklist.inFlight() <= share.idleKeys();
  }

  private void wrote(Void done, Throwable failure) {
    writing = false;
    long now = clock.millis();
    if (failure == null) {
      cassandra.succeeded(now);
      return;
    }
    String reason = ReadFailure.reason(failure);
    errors.accept(reason);
    if (ReadFailure.of(failure) == ReadFailure.SERVER) {
      cassandra.failed(reason, now);
    } else {
      pausedTo = now + PAUSE_MILLIS;
    }
  }

  /** When there may be something to write by itself, or {@link Long#MAX_VALUE}. */
  long nextAt(long now) {
    return now < pausedTo ? pausedTo : Long.MAX_VALUE;
  }

  /** Completes once the ledger has all that it is owed now. */
  CompletionStage<Void> flush() {
    return ledger.flush();
  }

  /** Has the ledger's entries be written no more; completes once none is under way. */
  CompletionStage<Void> stop() {
    return ledger.stop();
  }
}
