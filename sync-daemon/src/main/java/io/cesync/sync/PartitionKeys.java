package io.cesync.sync;

import java.util.List;

/** The keys of one partition in a {@link Worklist}: its rows', and that of the whole of it. */
final class PartitionKeys {

  final String id;
  final KeyMap waiting = new KeyMap();
  final KeyMap flying = new KeyMap();

  /** The whole flew last, alone: now it is the rows' turn. */
  private boolean rowsTurn;

  /** No more rows take off, so that the whole can. */
  boolean makesWay;

  /** In the worklist's queues. */
  boolean rowsReady;

  boolean patientRowsReady;

  boolean wholeReady;

  private final boolean wholeApart;
  private final DueRows dueRows = new DueRows();

  /** Those that can wait for others. May have some still that were put among the others since. */
  private final DueRows patientRows = new DueRows();

  private Pending dueWhole;
  private boolean wholeFlies;

  /**
   * @param wholeApart whether the whole and the rows are never on their way together
   */
  PartitionKeys(String id, boolean wholeApart) {
    this.id = id;
    this.wholeApart = wholeApart;
  }

  boolean isIdle() {
    return waiting.isEmpty() && flying.isEmpty();
  }

  /** One that waits is due. While its key is on its way that is only noted. */
  void due(Pending pending) {
    pending.queued = true;
    if (flying.get(pending.key) != null) {
      return;
    }
    if (pending.key.isWholePartition()) {
      dueWhole = pending;
    } else {
      pending.queuedToWait = pending.canWait();
      (pending.queuedToWait ? patientRows : dueRows).addLast(pending);
    }
  }

  /** One that is due may not wait any more. */
  void hurry(Pending pending) {
    if (pending.queuedToWait && !pending.canWait()) {
      pending.queuedToWait = false;
      dueRows.addLast(pending);
    }
  }

  boolean hasRowsToTake() {
    return !dueRows.isEmpty() && areRowsFree();
  }

  /** The same of those that can wait. */
  boolean hasPatientRowsToTake() {
    return !patientRows.isEmpty() && areRowsFree();
  }

  private boolean areRowsFree() {
    return !(wholeApart && (wholeFlies || makesWay));
  }

  /**
   * Whether the whole is next. One that is always due again would otherwise keep the rows waiting
   * for ever.
   */
  boolean isWholeNext() {
    return dueWhole != null && !(wholeApart && rowsTurn && !dueRows.isEmpty());
  }

  boolean canWholeTakeOff() {
    return !wholeApart || flying.isEmpty();
  }

  Pending takeWhole(long now) {
    Pending whole = dueWhole;
    dueWhole = null;
    wholeFlies = true;
    rowsTurn = true;
    makesWay = false;
    return take(whole, now);
  }

  /** Takes due rows until there are so many in the list. */
  void takeRows(int most, long now, List<Pending> taken) {
    rowsTurn = false;
    while (taken.size() < most && !dueRows.isEmpty()) {
      taken.add(take(dueRows.removeFirst(), now));
    }
  }

  /** The same of those that can wait. */
  void takePatientRows(int most, long now, List<Pending> taken) {
    rowsTurn = false;
    while (taken.size() < most && !patientRows.isEmpty()) {
      Pending next = patientRows.removeFirst();
      if (next.queued && next.queuedToWait) {
        taken.add(take(next, now));
      }
    }
  }

  private Pending take(Pending pending, long now) {
    pending.queued = false;
    pending.queuedToWait = false;
    pending.takenAt = now;
    waiting.remove(pending);
    flying.add(pending);
    return pending;
  }

  /** False if it wasn't on its way. */
  boolean landed(Pending pending) {
    if (!flying.remove(pending)) {
      return false;
    }
    if (pending.key.isWholePartition()) {
      wholeFlies = false;
    }
    Pending next = waiting.get(pending.key);
    if (next != null && next.queued) {
      due(next);
    }
    return true;
  }
}
