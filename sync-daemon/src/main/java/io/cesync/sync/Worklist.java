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

/**
 * The keys of one table that have to be brought over. One key, one flight: while a key is on its
 * way, its new entries wait here and are merged; and a whole partition and its rows are never on
 * their way together. Pure, and confined to one thread.
 */
final class Worklist {

  private static final class Partition {
    final String id;
    final Map<RowKey, Pending> waiting = new HashMap<>(2);
    final Deque<Pending> due = new ArrayDeque<>(2);
    final Set<Pending> flying = new HashSet<>(2);
    boolean ready;

    /** The last flight was the whole partition's: now it is the rows' turn. */
    boolean wholeFlew;

    Partition(String id) {
      this.id = id;
    }

    boolean idle() {
      return waiting.isEmpty() && flying.isEmpty();
    }
  }

  /** When a delayed one comes up again. Stale once it was merged with something earlier. */
  private record Alarm(long at, Pending pending) {}

  private final Map<String, Partition> partitions = new HashMap<>();
  private final Deque<Partition> ready = new ArrayDeque<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
  private final Set<Pending> held = new HashSet<>();
  private int waiting;
  private int flying;

  void add(Entry entry, long now) {
    Pending pending = new Pending(entry.key());
    pending.add(entry);
    pending.dueAt = now;
    put(pending, now);
  }

  /** Adds a key, or gives back one that was taken and is not done. */
  void put(Pending pending, long now) {
    Partition partition = partitions.computeIfAbsent(pending.key.partition(), Partition::new);
    Pending known = partition.waiting.get(pending.key);
    if (known == null) {
      known = pending;
      partition.waiting.put(pending.key, pending);
      waiting++;
    } else {
      known.merge(pending);
      if (known.queued) {
        return;
      }
    }
    if (known.dueAt <= now) {
      makeDue(partition, known);
    } else {
      alarms.add(new Alarm(known.dueAt, known));
    }
  }

  private void makeDue(Partition partition, Pending pending) {
    pending.queued = true;
    if (pending.key.isWholePartition()) {
      partition.due.addFirst(pending);
    } else {
      partition.due.addLast(pending);
    }
    markReady(partition);
  }

  private void markReady(Partition partition) {
    if (!partition.ready && partition.flying.isEmpty() && !partition.due.isEmpty()) {
      partition.ready = true;
      ready.addLast(partition);
    }
  }

  /** Keys that are due, at most so many, now in flight. Each must be given to {@link #landed}. */
  List<Pending> take(int most, long now) {
    ring(now);
    List<Pending> taken = new ArrayList<>();
    while (taken.size() < most && !ready.isEmpty()) {
      Partition partition = ready.removeFirst();
      partition.ready = false;
      takeFrom(partition, most, now, taken);
    }
    return taken;
  }

  private void takeFrom(Partition partition, int most, long now, List<Pending> taken) {
    if (partition.wholeFlew && partition.due.size() > 1 && isWholeFirst(partition)) {
      // Else a partition that is always due again would keep its rows waiting for ever.
      partition.due.addLast(partition.due.removeFirst());
    }
    boolean whole = isWholeFirst(partition);
    partition.wholeFlew = whole;
    do {
      Pending pending = partition.due.removeFirst();
      pending.queued = false;
      pending.takenAt = now;
      partition.waiting.remove(pending.key);
      partition.flying.add(pending);
      waiting--;
      flying++;
      taken.add(pending);
    } while (!whole && taken.size() < most && !partition.due.isEmpty() && !isWholeFirst(partition));
  }

  private static boolean isWholeFirst(Partition partition) {
    return partition.due.getFirst().key.isWholePartition();
  }

  private void ring(long now) {
    while (!alarms.isEmpty() && alarms.peek().at <= now) {
      Pending pending = alarms.poll().pending;
      Partition partition = partitions.get(pending.key.partition());
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
    Partition partition = partitions.get(pending.key.partition());
    if (partition == null || !partition.flying.remove(pending)) {
      throw new IllegalStateException("not in flight: " + pending.key.json());
    }
    flying--;
    markReady(partition);
    if (partition.idle()) {
      partitions.remove(partition.id);
    }
  }

  /** The same for one that may have come from elsewhere. */
  void landedIfTaken(Pending pending) {
    Partition partition = partitions.get(pending.key.partition());
    if (partition != null && partition.flying.contains(pending)) {
      landed(pending);
    }
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

  /** When the next delayed key is due, or {@link Long#MAX_VALUE}. */
  long nextDueAt() {
    return alarms.isEmpty() ? Long.MAX_VALUE : alarms.peek().at;
  }

  /** Keys here, in flight or not. */
  int size() {
    return waiting + flying + held.size();
  }

  int inFlight() {
    return flying;
  }

  /**
   * What there is to do.
   *
   * @param oldestEntry the time of the oldest entry that isn't done, or {@link Pending#NO_ENTRY}
   * @param oldestNotBrought the same without those that were brought over and are only looked at
   *     again
   * @param outstanding keys that still have to be brought over; second looks that nothing waits for
   *     don't count
   */
  record Backlog(long oldestEntry, long oldestNotBrought, int outstanding) {}

  /** Looks at all keys; with a million of them that takes some milliseconds. */
  Backlog backlog() {
    Count count = new Count();
    held.forEach(count::add);
    for (Partition partition : partitions.values()) {
      partition.waiting.values().forEach(count::add);
      partition.flying.forEach(count::add);
    }
    return new Backlog(count.oldestEntry, count.oldestNotBrought, count.outstanding);
  }

  private static final class Count {
    private long oldestEntry = Pending.NO_ENTRY;
    private long oldestNotBrought = Pending.NO_ENTRY;
    private int outstanding;

    void add(Pending pending) {
      oldestEntry = Math.min(oldestEntry, pending.oldestEntry);
      oldestNotBrought = Math.min(oldestNotBrought, pending.oldestUnbrought);
      outstanding += pending.recheck ? 0 : 1;
    }
  }
}
