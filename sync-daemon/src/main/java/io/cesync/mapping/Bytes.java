package io.cesync.mapping;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing array that a value is serialised into, big-endian. Not thread-safe. */
final class Bytes {
  private byte[] array = new byte[64];
  private int size;

  Bytes put(int value) {
    room(1)[size++] = (byte) value;
    return this;
  }

  Bytes put(byte[] bytes) {
    System.arraycopy(bytes, 0, room(bytes.length), size, bytes.length);
    size += bytes.length;
    return this;
  }

  Bytes put(ByteBuffer bytes) {
    int length = bytes.remaining();
    bytes.get(bytes.position(), room(length), size, length);
    size += length;
    return this;
  }

  Bytes putShort(int value) {
    return put(value >>> 8).put(value);
  }

  Bytes putInt(int value) {
    return putShort(value >>> 16).putShort(value);
  }

  Bytes putLong(long value) {
    return putInt((int) (value >>> 32)).putInt((int) value);
  }

  /** Leaves room for a length or count that {@link #setInt} will fill in; returns where. */
  int reserveInt() {
    putInt(0);
    return size - Integer.BYTES;
  }

  void setInt(int at, int value) {
    ByteBuffer.wrap(array).putInt(at, value);
  }

  /** Sets the reserved length at {@code at} to what was written since. */
  void endLength(int at) {
    setInt(at, size - at - Integer.BYTES);
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  ByteBuffer copy() {
    return ByteBuffer.wrap(Arrays.copyOf(array, size));
  }

  private byte[] room(int more) {
    if (more > array.length - size) {
      array = Arrays.copyOf(array, Math.max(Math.addExact(size, more), array.length * 2));
    }
    return array;
  }
}
