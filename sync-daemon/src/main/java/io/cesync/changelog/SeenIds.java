package io.cesync.changelog;

import it.unimi.dsi.fastutil.objects.ObjectOpenHashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The entries that were read already, as far back as late ones can still appear. Kept in slices of
 * time, so that a span can be counted and forgotten as a whole.
 *
 * <p>Bounded: over the limit the oldest slices are emptied, and their entries are applied once
 * more, which changes nothing but costs time. Not thread-safe.
 */
public final class SeenIds {

  /** Windows whose entries are counted start and end at a multiple of this. */
  public static final long SLICE_MILLIS = 500;

  private final TreeMap<Long, ObjectOpenHashSet<UUID>> slices = new TreeMap<>();
  private final int limit;
  private int size;

  public SeenIds(int limit) {
    this.limit = limit;
  }

  /** The start of the slice that holds a time. */
  public static long sliceOf(long millis) {
    return Math.floorDiv(millis, SLICE_MILLIS) * SLICE_MILLIS;
  }

  /** False if the entry was there already. */
  public boolean add(Entry entry) {
    long start = sliceOf(entry.millis());
    boolean added = slices.computeIfAbsent(start, s -> new ObjectOpenHashSet<>()).add(entry.id());
    if (added && ++size > limit) {
      emptyOldest();
    }
    return added;
  }

  private void emptyOldest() {
    Map.Entry<Long, ObjectOpenHashSet<UUID>> oldest = slices.pollFirstEntry();
    size -= oldest.getValue().size();
  }

  /** How many entries of a window were seen. */
  public long count(Window window) {
    long count = 0;
    for (ObjectOpenHashSet<UUID> slice : slices.subMap(window.from(), window.to()).values()) {
      count += slice.size();
    }
    return count;
  }

  /** Forgets all whole slices before a time. */
  public void forgetBefore(long millis) {
    while (!slices.isEmpty() && slices.firstKey() + SLICE_MILLIS <= millis) {
      emptyOldest();
    }
  }

  public int size() {
    return size;
  }
}
