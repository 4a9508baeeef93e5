package io.cesync.trigger;

import java.nio.ByteBuffer;

/**
 * Reads what a collection or a tuple is serialised to: values, each after its length in four bytes.
 * Not thread-safe.
 */
final class Components {
  private final ByteBuffer value;
  private int at;
  private boolean broken;

  Components(ByteBuffer value) {
    this.value = value;
    this.at = value.position();
  }

  /** A count, or -1 if there is none. */
  int count() {
    int count = int32();
    return broken ? -1 : count;
  }

  /**
   * The next value; null if absent, or if the bytes end too early or the length is odd: see {@link
   * #isComplete}.
   */
  ByteBuffer next() {
    int length = int32();
    if (broken || length == -1) {
      return null;
    }
    if (length < 0 || length > value.limit() - at) {
      broken = true;
      return null;
    }
    at += length;
    return Buffers.slice(value, at - length, length);
  }

  /** Whether everything was as it should be so far, and all bytes are read. */
  boolean isComplete() {
    return !broken && at == value.limit();
  }

  private int int32() {
    if (value.limit() - at < 4) {
      broken = true;
      return 0;
    }
    at += 4;
    return value.getInt(at - 4);
  }
}
