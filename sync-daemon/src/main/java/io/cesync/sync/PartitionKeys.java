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

  /** In the worklist's queue. */
  boolean wholeReady;

  private final boolean wholeApart;
  private final DueRows soon = new DueRows();

  /** May have some still that are among the others since. */
  private final DueRows patient = new DueRows();

  private Pending dueWhole;
  private boolean wholeFlies;

  /**
   * @param wholeApart whether the whole and the rows are never on their way together
   */
  PartitionKeys(String id, boolean wholeApart) {
    this.id = id;
    this.wholeApart = wholeApart;
  }

  DueRows due(Urgency urgency) {
    return urgency == Urgency.SOON ? soon : patient;
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
      pending.queuedAs = Urgency.of(pending);
      due(pending.queuedAs).addLast(pending);
    }
  }

  /** One that is due may not wait any more. */
  void hurry(Pending pending) {
    if (pending.queuedAs == Urgency.PATIENT && Urgency.of(pending) == Urgency.SOON) {
      pending.queuedAs = Urgency.SOON;
      soon.addLast(pending);
    }
  }

  boolean hasRowsToTake(Urgency urgency) {
    return !due(urgency).isEmpty() && !(wholeApart && (wholeFlies || makesWay));
  }

  /**
   * Whether the whole is next. One that is always due again would otherwise keep the rows waiting
   * for ever.
   */
  boolean isWholeNext() {
    return dueWhole != null && !(wholeApart && rowsTurn && !soon.isEmpty());
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
  void takeRows(Urgency urgency, int most, long now, List<Pending> taken) {
    DueRows rows = due(urgency);
    rowsTurn = false;
    while (taken.size() < most && !rows.isEmpty()) {
      Pending next = rows.removeFirst();
      if (next.queuedAs == urgency) {
        taken.add(take(next, now));
      }
    }
  }

  private Pending take(Pending pending, long now) {
    pending.queued = false;
    pending.queuedAs = null;
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
