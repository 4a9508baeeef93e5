package io.cesync.connect;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * CQL's serialised form of lists and tuples whose elements are serialised already (native protocol
 * 3 and up, sections 6.12 and 6.20). Binding keys in this form spares turning each of them into an
 * object and back.
 */
public final class Serialized {

  private Serialized() {}

  public static ByteBuffer list(List<ByteBuffer> elements) {
    ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + length(elements));
    out.putInt(elements.size());
    return fill(out, elements);
  }

  public static ByteBuffer tuple(List<ByteBuffer> components) {
    return fill(ByteBuffer.allocate(length(components)), components);
  }

  private static int length(List<ByteBuffer> values) {
    return values.stream().mapToInt(v -> Integer.BYTES + v.remaining()).sum();
  }

  private static ByteBuffer fill(ByteBuffer out, List<ByteBuffer> values) {
    for (ByteBuffer value : values) {
      out.putInt(value.remaining()).put(value.duplicate());
    }
    return out.flip();
  }
}
