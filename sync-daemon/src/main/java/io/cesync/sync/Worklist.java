package io.cesync.sync;

import io.cesync.changelog.Entry;
import io.cesync.row.RowKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys of one table that have to be brought over. One key, one flight: while a key is on its
 * way, its new entries wait here and are merged. Pure, and confined to one thread.
 */
final class Worklist {

  /** When a delayed one comes up again. Stale once it was merged with something earlier. */
  private record Alarm(long at, Pending pending) {}

  private static final long RECENT_MILLIS = 500;

  /** After so many others one of those that can wait is taken: they get on, too. */
  private static final int PATIENT_SHARE = 8;

  private static final Urgency[] URGENCIES = Urgency.values();

  private final boolean wholesApart;
  private final Map<String, PartitionKeys> partitions = new HashMap<>();
  private final Deque<PartitionKeys> soonReady = new ArrayDeque<>();
  private final Deque<PartitionKeys> patientReady = new ArrayDeque<>();
  private final Deque<PartitionKeys> wholesReady = new ArrayDeque<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
  private final Set<Pending> held = new HashSet<>();
  private final PendingSet open = new PendingSet();
  private int flying;

  /** Others that were taken before those that can wait. */
  private int passedOver;

  private Backlog recent;
  private long recentAt;

  /** Wholes on their way that no row waits for. */
  private int beside;

  /** Partitions whose rows make way for the whole: there is a place for each of these. */
  private int promised;

  /**
   * @param wholesApart whether a whole partition and its rows are never on their way together
   */
  Worklist(boolean wholesApart) {
    this.wholesApart = wholesApart;
  }

  void add(Entry entry, long now) {
    Pending pending = new Pending(entry.key());
    pending.add(entry);
    pending.dueAt = now;
    put(pending, now);
  }

  /** Adds a key, or gives back one that was taken and is not done. */
  void put(Pending pending, long now) {
    PartitionKeys partition =
        partitions.computeIfAbsent(
            pending.key.partition(), id -> new PartitionKeys(id, wholesApart));
    Pending known = partition.waiting.get(pending.key);
    if (known == null) {
      known = pending;
      partition.waiting.add(pending);
      open.add(pending);
    } else {
      known.merge(pending);
      if (known.queued) {
        partition.hurry(known);
        markReady(partition);
        return;
      }
    }
    if (known.dueAt <= now) {
      makeDue(partition, known);
    } else {
      alarms.add(new Alarm(known.dueAt, known));
    }
  }

  private void makeDue(PartitionKeys partition, Pending pending) {
    partition.due(pending);
    markReady(partition);
  }

  private void markReady(PartitionKeys partition) {
    for (Urgency urgency : URGENCIES) {
      DueRows due = partition.due(urgency);
      if (!due.ready && partition.hasRowsToTake(urgency)) {
        due.ready = true;
        ready(urgency).addLast(partition);
      }
    }
    if (partition.wholeReady || !partition.isWholeNext()) {
      return;
    }
    if (!partition.makesWay) {
      partition.wholeReady = true;
      wholesReady.addLast(partition);
    } else if (partition.canWholeTakeOff()) {
      partition.wholeReady = true;
      wholesReady.addFirst(partition);
    }
  }

  /**
   * Keys that are due, now in flight. Each must be given to {@link #landed}.
   *
   * @param most so many at most
   * @param wholes so many of them may be whole partitions. Rows don't wait for one that there is no
   *     place for
   */
  List<Pending> take(int most, int wholes, long now) {
    ring(now);
    List<Pending> taken = new ArrayList<>();
    takeWholes(Math.min(most, wholes), now, taken);
    int owed = patientReady.isEmpty() ? 0 : passedOver / PATIENT_SHARE;
    takeRows(Urgency.SOON, most - Math.min(owed, most - taken.size()), now, taken);
    takeRows(Urgency.PATIENT, most, now, taken);
    takeRows(Urgency.SOON, most, now, taken);
    return taken;
  }

  private Deque<PartitionKeys> ready(Urgency urgency) {
    return urgency == Urgency.SOON ? soonReady : patientReady;
  }

  private void takeRows(Urgency urgency, int most, long now, List<Pending> taken) {
    Deque<PartitionKeys> ready = ready(urgency);
    while (taken.size() < most && !ready.isEmpty()) {
      PartitionKeys partition = ready.removeFirst();
      partition.due(urgency).ready = false;
      if (partition.hasRowsToTake(urgency)) {
        int before = taken.size();
        partition.takeRows(urgency, most, now, taken);
        took(urgency, taken.size() - before);
        markReady(partition);
      }
    }
  }

  private void took(Urgency urgency, int rows) {
    flying += rows;
    if (urgency == Urgency.PATIENT) {
      passedOver = Math.max(0, passedOver - PATIENT_SHARE * rows);
    } else if (!patientReady.isEmpty()) {
      passedOver += rows;
    }
  }

  private void takeWholes(int most, long now, List<Pending> taken) {
    while (!wholesReady.isEmpty()) {
      PartitionKeys partition = wholesReady.getFirst();
      // Those that rows made way for come first, and have their place already.
      if (taken.size() + (partition.makesWay ? 0 : promised) >= most) {
        return;
      }
      wholesReady.removeFirst();
      partition.wholeReady = false;
      if (partition.canWholeTakeOff()) {
        promised -= partition.makesWay ? 1 : 0;
        taken.add(partition.takeWhole(now));
        flying++;
        beside += wholesApart ? 0 : 1;
      } else {
        // Comes back once all its rows have landed.
        partition.makesWay = true;
        promised++;
      }
    }
  }

  private void ring(long now) {
    while (!alarms.isEmpty() && alarms.peek().at <= now) {
      Pending pending = alarms.poll().pending;
      PartitionKeys partition = partitions.get(pending.key.partition());
      if (partition != null
          && partition.waiting.get(pending.key) == pending
          && pending.dueAt <= now
          && !pending.queued) {
        makeDue(partition, pending);
      }
    }
  }

  /** A taken one is back. It is finished unless it is {@link #put} again. */
  void landed(Pending pending) {
    PartitionKeys partition = partitions.get(pending.key.partition());
    if (partition == null || !partition.landed(pending)) {
      throw new IllegalStateException("not in flight: " + pending.key.json());
    }
    flying--;
    open.remove(pending);
    beside -= pending.key.isWholePartition() && !wholesApart ? 1 : 0;
    markReady(partition);
    if (partition.isIdle()) {
      partitions.remove(partition.id);
    }
  }

  /** The same for one that may have come from elsewhere. */
  void landedIfTaken(Pending pending) {
    PartitionKeys partition = partitions.get(pending.key.partition());
    if (partition != null && partition.flying.get(pending.key) == pending) {
      landed(pending);
    }
  }

  boolean isFlying(RowKey key) {
    PartitionKeys partition = partitions.get(key.partition());
    return partition != null && partition.flying.get(key) != null;
  }

  /** The rows of a partition that are on their way. */
  List<RowKey> flyingRows(String partition) {
    PartitionKeys keys = partitions.get(partition);
    return keys == null
        ? List.of()
        : keys.flying.keys().stream().filter(key -> !key.isWholePartition()).toList();
  }

  /**
   * A key that is neither here nor done: it is being put aside, or waits for something. Until
   * {@link #release} it still counts.
   */
  void hold(Pending pending) {
    held.add(pending);
  }

  void release(Pending pending) {
    held.remove(pending);
  }

  /** Whether a row could take off if there were room. */
  boolean isAnyDue() {
    return !soonReady.isEmpty() || !patientReady.isEmpty();
  }

  /** When the next delayed key is due, or {@link Long#MAX_VALUE}. */
  long nextDueAt() {
    return alarms.isEmpty() ? Long.MAX_VALUE : alarms.peek().at;
  }

  /** Keys here, in flight or not. */
  int size() {
    return open.size() + held.size();
  }

  /** Characters of the keys in here; of those that are held it isn't counted. */
  long chars() {
    return open.chars();
  }

  /**
   * Keys on their way. Without whole partitions if no row waits for these: they may wait for rows.
   */
  int inFlight() {
    return flying - beside;
  }

  /**
   * What there is to do.
   *
   * @param oldestEntry the time of the oldest entry that isn't done, or {@link Pending#NO_ENTRY}
   * @param oldestNotBrought the same without those that were brought over and are only looked at
   *     again
   */
  record Backlog(long oldestEntry, long oldestNotBrought) {}

  /** Looks at all keys; with a million of them that takes some milliseconds. */
  Backlog backlog(long now) {
    Count count = new Count();
    isAny(count::add);
    recent = new Backlog(count.oldestEntry, count.oldestNotBrought);
    recentAt = now;
    return recent;
  }

  /** The same as it was a moment ago, good enough to be shown. */
  Backlog recentBacklog(long now) {
    return recent == null || now - recentAt > RECENT_MILLIS ? backlog(now) : recent;
  }

  /**
   * Whether a key still has to be brought over because of what was there at that time; second looks
   * that nothing waits for don't count.
   */
  boolean isBehind(long millis) {
    return isAny(pending -> pending.isBehind(millis));
  }

  private boolean isAny(Predicate<Pending> test) {
    return held.stream().anyMatch(test) || open.isAny(test);
  }

  private static final class Count {
    private long oldestEntry = Pending.NO_ENTRY;
    private long oldestNotBrought = Pending.NO_ENTRY;

    /** Always false: there is none to stop at. */
    boolean add(Pending pending) {
      oldestEntry = Math.min(oldestEntry, pending.oldestEntry);
      oldestNotBrought = Math.min(oldestNotBrought, pending.oldestUnbrought);
      return false;
    }
  }
}
