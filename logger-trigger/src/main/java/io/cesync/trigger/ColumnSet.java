package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.cassandra.utils.ByteBufferUtil;

/** Column names, to be stored as a {@code frozen<set<text>>}. Not thread-safe. */
final class ColumnSet {
  private final List<ByteBuffer> names = new ArrayList<>(8);
  private int bytes;
  private boolean sorted = true;

  void add(ByteBuffer name) {
    if (!names.isEmpty()) {
      // Rows have their simple columns first, then the collections, each sorted.
      sorted &= ByteBufferUtil.compareUnsigned(names.get(names.size() - 1), name) < 0;
    }
    names.add(name);
    bytes += name.remaining();
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Their number, then each after its length, all in four bytes; sorted, as sets are. */
  ByteBuffer serialize() {
    if (!sorted) {
      names.sort(ByteBufferUtil::compareUnsigned);
      sorted = true;
    }
    ByteBuffer set = ByteBuffer.allocate(4 + 4 * names.size() + bytes).putInt(names.size());
    for (ByteBuffer name : names) {
      set.putInt(name.remaining()).put(name.duplicate());
    }
    return set.flip();
  }
}
