package io.cesync.ledger;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Digests by column name in a quarter of the memory that other maps take: there may be a hundred
 * thousand, of many columns each. Immutable.
 */
final class Digests extends AbstractMap<String, Long> {

  /** In ascending order. */
  private final String[] names;

  private final long[] values;

  private Digests(Map<String, Long> digests) {
    names = digests.keySet().toArray(String[]::new);
    Arrays.sort(names);
    values = Arrays.stream(names).mapToLong(digests::get).toArray();
  }

  static Map<String, Long> copyOf(Map<String, Long> digests) {
    if (digests.isEmpty()) {
      return Map.of();
    }
    return digests instanceof Digests ? digests : new Digests(digests);
  }

  @Override
  public Long get(Object name) {
    int at = name instanceof String ? Arrays.binarySearch(names, name) : -1;
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public Set<Map.Entry<String, Long>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Long>> iterator() {
        return IntStream.range(0, names.length)
            .mapToObj(at -> Map.entry(names[at], values[at]))
            .iterator();
      }

      @Override
      public int size() {
        return names.length;
      }
    };
  }
}
