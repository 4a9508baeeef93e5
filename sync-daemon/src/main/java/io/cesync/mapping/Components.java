package io.cesync.mapping;

import java.nio.ByteBuffer;

/**
 * What serialised tuples and user-defined types have in common: components with a length each, −1
 * for null.
 */
final class Components {
  private Components() {}

  /**
   * Whether it is well-formed and its components are natural.
   *
   * @param all whether every component must be there, if only as null; else some may be missing at
   *     the end, as they are in values older than a field of their type
   */
  static boolean areNatural(ByteBuffer bytes, int at, int length, Form[] forms, boolean all) {
    int end = at + length;
    int next = at;
    for (Form form : forms) {
      if (next == end) {
        return !all;
      }
      if (end - next < 4) {
        return false;
      }
      int size = bytes.getInt(next);
      next += 4;
      if (size == -1) {
        continue;
      }
      if (size < 0 || size > end - next || !form.isNatural(bytes, next, size)) {
        return false;
      }
      next += size;
    }
    return next == end;
  }
}
