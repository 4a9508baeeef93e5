package io.cesync.sync;

import io.cesync.row.RowKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of one partition in a {@link Worklist}: its rows', and that of the whole of it. */
final class PartitionKeys {

  final String id;
  final Map<RowKey, Pending> waiting = new HashMap<>(2);
  final Map<RowKey, Pending> flying = new HashMap<>(2);

  /** The whole flew last, alone: now it is the rows' turn. */
  private boolean rowsTurn;

  /** No more rows take off, so that the whole can. */
  boolean makesWay;

  /** In the worklist's queues. */
  boolean rowsReady;

  boolean wholeReady;

  private final boolean wholeApart;
  private final Deque<Pending> dueRows = new ArrayDeque<>(2);
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
    if (flying.containsKey(pending.key)) {
      return;
    }
    if (pending.key.isWholePartition()) {
      dueWhole = pending;
    } else {
      dueRows.addLast(pending);
    }
  }

  boolean hasRowsToTake() {
    return !dueRows.isEmpty() && !(wholeApart && (wholeFlies || makesWay));
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

  private Pending take(Pending pending, long now) {
    pending.queued = false;
    pending.takenAt = now;
    waiting.remove(pending.key);
    flying.put(pending.key, pending);
    return pending;
  }

  /** False if it wasn't on its way. */
  boolean landed(Pending pending) {
    if (!flying.remove(pending.key, pending)) {
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
