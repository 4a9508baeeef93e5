package io.cesync.mapping;

import java.nio.ByteBuffer;

/** Whether bytes are UTF-8. Cassandra lets more pass: surrogates, and U+0000 in two bytes. */
final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  static boolean isValid(ByteBuffer bytes, int at, int length) {
    int end = at + length;
    int i = at;
    while (i < end) {
      if (i + Long.BYTES <= end && (bytes.getLong(i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      } else {
        int size = sequence(bytes, i, end);
        if (size == 0) {
          return false;
        }
        i += size;
      }
    }
    return true;
  }

  /** The length of the sequence that begins at i, 0 if it is not a valid one. */
  private static int sequence(ByteBuffer bytes, int i, int end) {
    int lead = bytes.get(i);
    if (lead >= 0) {
      return 1;
    }
    int size = Integer.numberOfLeadingZeros(~(lead << 24));
    if (size < 2 || size > 4 || i + size > end) {
      return 0;
    }
    int codePoint = lead & (0x7f >> size);
    for (int k = 1; k < size; k++) {
      int next = bytes.get(i + k);
      if ((next & 0xc0) != 0x80) {
        return 0;
      }
      codePoint = (codePoint << 6) | (next & 0x3f);
    }
    return switch (size) {
      case 2 -> codePoint >= 0x80 ? 2 : 0;
      case 3 -> codePoint >= 0x800 && (codePoint < 0xd800 || codePoint > 0xdfff) ? 3 : 0;
      default -> codePoint >= 0x10000 && codePoint <= 0x10ffff ? 4 : 0;
    };
  }
}
