package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text in UTF-8 that grows at its end. Not thread-safe. */
final class JsonBytes {
  private static final byte[] HEX = ascii16("0123456789abcdef");
  private static final byte[] UPPER_HEX = ascii16("0123456789ABCDEF");

  private byte[] bytes;
  private int length;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  void truncate(int newLength) {
    length = newLength;
  }

  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, length));
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  JsonBytes add(int asciiCharacter) {
    room(1);
    bytes[length++] = (byte) asciiCharacter;
    return this;
  }

  JsonBytes add(byte[] utf8) {
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the one that makes no copy
  JsonBytes ascii(String text) {
    room(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
    return this;
  }

  JsonBytes quoted(String asciiWithoutEscapes) {
    return add('"').ascii(asciiWithoutEscapes).add('"');
  }

  /** Writes the value, or {@code {"$raw":"0x…"}} where its JSON would not bring it back. */
  JsonBytes value(ValueJson type, ByteBuffer value) {
    int start = length;
    if (!type.write(value, this)) {
      length = start;
      ascii("{\"$raw\":").blob(value).add('}');
    }
    return this;
  }

  /** {@code "0x…"} in lower case. */
  JsonBytes blob(ByteBuffer value) {
    return ascii("\"0x").hex(value, value.position(), value.remaining()).add('"');
  }

  JsonBytes hex(ByteBuffer value, int from, int count) {
    room(2 * count);
    for (int i = from; i < from + count; i++) {
      byte b = value.get(i);
      bytes[length++] = HEX[(b >> 4) & 0xf];
      bytes[length++] = HEX[b & 0xf];
    }
    return this;
  }

  /** Writes a string with escapes. Returns false if it is not UTF-8. */
  boolean string(ByteBuffer utf8) {
    int end = utf8.limit();
    room(end - utf8.position() + 2);
    add('"');
    boolean ascii = true;
    for (int i = utf8.position(); i < end; i++) {
      byte b = utf8.get(i);
      if (b < 0) {
        ascii = false;
        add(b);
      } else if (b < ' ' || b == '"' || b == '\\') {
        escape(b);
      } else {
        add(b);
      }
    }
    add('"');
    return ascii || isUtf8(utf8);
  }

  private void escape(byte b) {
    add('\\');
    switch (b) {
      case '"':
      case '\\':
        add(b);
        break;
      case '\b':
        add('b');
        break;
      case '\t':
        add('t');
        break;
      case '\n':
        add('n');
        break;
      case '\f':
        add('f');
        break;
      case '\r':
        add('r');
        break;
      default:
        ascii("u00").add(UPPER_HEX[b >> 4]).add(UPPER_HEX[b & 0xf]);
    }
  }

  /** Stricter than Cassandra, which takes lone surrogates: Java would not bring them back. */
  private static boolean isUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private static byte[] ascii16(String digits) {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }
}
