package io.cesync.merge;

import it.unimi.dsi.fastutil.HashCommon;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A 64-bit digest of a serialised value. The ledger keeps digests, so they must stay what they are:
 * a change of them would make every field look changed. Thread-safe.
 *
 * <p>Values of up to eight bytes, most by far, are mixed by Murmur3's finaliser. That is a
 * bijection, so those of one length never share a digest. Longer ones have the first eight bytes of
 * their MD5, which the JVM computes faster than its other digests, and every JVM alike. Nobody who
 * can choose two values with one digest gains by it: a change of his own would not be seen.
 */
final class ColumnDigest {

  private static final ThreadLocal<MessageDigest> MD5 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException(e);
            }
          });

  private ColumnDigest() {}

  /** The digest; the value is not moved. */
  static long of(ByteBuffer value) {
    int length = value.remaining();
    return length <= Long.BYTES ? ofShort(value, length) : ofLong(value);
  }

  private static long ofShort(ByteBuffer value, int length) {
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits = bits << Byte.SIZE | (value.get(value.position() + i) & 0xff);
    }
    return HashCommon.murmurHash3(bits ^ HashCommon.murmurHash3(length + 1L));
  }

  private static long ofLong(ByteBuffer value) {
    MessageDigest md5 = MD5.get();
    md5.update(value.duplicate());
    return ByteBuffer.wrap(md5.digest()).getLong();
  }
}
