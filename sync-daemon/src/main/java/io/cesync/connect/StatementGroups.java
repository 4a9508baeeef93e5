package io.cesync.connect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Splits what goes to Cassandra into groups that make one request each. */
public final class StatementGroups {

  /** Cassandra warns of batches over more partitions, or of more than 5 KiB over several. */
  public static final int BATCH_PARTITIONS = 10;

  public static final int BATCH_BYTES = 4_000;

  private StatementGroups() {}

  /**
   * Groups that have something in common, of so many, and of so much size, at most. What is larger
   * than that is by itself.
   */
  public static <T> List<List<T>> split(
      Collection<T> all, Function<T, Object> common, ToIntFunction<T> size, int most, int room) {
    Map<Object, List<T>> open = new LinkedHashMap<>();
    Map<Object, Integer> used = new HashMap<>();
    List<List<T>> groups = new ArrayList<>();
    for (T each : all) {
      Object key = common.apply(each);
      List<T> group = open.computeIfAbsent(key, k -> new ArrayList<>());
      boolean isFull = !group.isEmpty() && used.get(key) + size.applyAsInt(each) > room;
      if (isFull || group.size() == most) {
        groups.add(group);
        group = new ArrayList<>();
        open.put(key, group);
        used.remove(key);
      }
      group.add(each);
      used.merge(key, size.applyAsInt(each), Integer::sum);
    }
    groups.addAll(open.values());
    return groups;
  }
}
