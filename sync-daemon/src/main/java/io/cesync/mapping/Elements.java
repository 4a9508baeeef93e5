package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What serialised collections have in common: a count, then elements with a length each. */
final class Elements {
  private Elements() {}

  /**
   * Whether it is a well-formed collection whose elements are natural.
   *
   * @param forms one for a list or set, two that take turns for a map
   */
  static boolean areNatural(ByteBuffer bytes, int at, int length, Form... forms) {
    if (length < 4 || bytes.getInt(at) < 0) {
      return false;
    }
    long count = (long) bytes.getInt(at) * forms.length;
    int end = at + length;
    int next = at + 4;
    for (long i = 0; i < count; i++) {
      if (end - next < 4) {
        return false;
      }
      int size = bytes.getInt(next);
      next += 4;
      if (size < 0
          || size > end - next
          || !forms[(int) (i % forms.length)].isNatural(bytes, next, size)) {
        return false;
      }
      next += size;
    }
    return next == end;
  }

  /** Reads a value and puts its length in front. */
  static void read(Form form, JsonParser json, Bytes out) throws IOException {
    int lengthAt = out.reserveInt();
    form.read(json, out);
    out.endLength(lengthAt);
  }
}
