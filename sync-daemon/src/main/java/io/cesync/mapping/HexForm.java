package io.cesync.mapping;

import java.nio.ByteBuffer;

/** blob in a key: {@code 0x} and hex, as in cqlsh. */
final class HexForm extends Scalar {
  HexForm() {
    super("0x and hex digits");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return true;
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return Raw.text(bytes, at, length);
  }

  @Override
  void parse(String text, Bytes out) {
    out.put(Raw.parse(text));
  }
}
