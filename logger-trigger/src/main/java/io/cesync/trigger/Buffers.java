package io.cesync.trigger;

import java.nio.ByteBuffer;

/** What ByteBuffer got only after Java 11. */
final class Buffers {
  private Buffers() {}

  /**
   * @param from absolute index
   */
  static ByteBuffer slice(ByteBuffer buffer, int from, int length) {
    ByteBuffer slice = buffer.duplicate();
    slice.limit(from + length).position(from);
    return slice;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
