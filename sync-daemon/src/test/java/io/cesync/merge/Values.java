package io.cesync.merge;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Serialised values. */
final class Values {
  private Values() {}

  static ByteBuffer of(int value) {
    return ByteBuffer.allocate(4).putInt(0, value);
  }

  /** A {@code set<int>}; null if it is empty, as Cassandra tells it. */
  static ByteBuffer set(Collection<Integer> elements) {
    if (elements.isEmpty()) {
      return null;
    }
    ByteBuffer out = ByteBuffer.allocate(4 + 8 * elements.size()).putInt(elements.size());
    new TreeSet<>(elements).forEach(element -> out.putInt(4).putInt(element));
    return out.flip();
  }

  static Set<Integer> elements(ByteBuffer set) {
    Set<Integer> elements = new TreeSet<>();
    for (int at = 8; set != null && at < set.limit(); at += 8) {
      elements.add(set.getInt(at));
    }
    return elements;
  }
}
