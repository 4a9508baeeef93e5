package io.cesync.mapping;

import java.nio.ByteBuffer;
import java.util.UUID;

/** uuid, timeuuid. */
final class UuidForm extends Scalar {
  UuidForm() {
    super("a uuid");
  }

  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 16;
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    return new UUID(bytes.getLong(at), bytes.getLong(at + 8)).toString();
  }

  @Override
  void parse(String text, Bytes out) {
    if (text.length() != 36) { // fromString takes shorter ones, too
      throw new IllegalArgumentException();
    }
    UUID uuid = UUID.fromString(text);
    out.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
  }
}
