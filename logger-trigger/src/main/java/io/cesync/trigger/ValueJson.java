package io.cesync.trigger;

import java.nio.ByteBuffer;

/** Writes values of one CQL type as JSON. Thread-safe; has no state but the type. */
@FunctionalInterface
interface ValueJson {
  /**
   * Returns false if the JSON would not bring back the same bytes; what has been written is then
   * not used.
   *
   * @param value serialised, not null; its position and limit are left alone
   */
  boolean write(ByteBuffer value, JsonBytes json);
}
