package io.cesync.mapping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** inet: {@code InetAddress.getHostAddress()}. Never looks a name up. */
final class InetForm extends Scalar {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  InetForm() {
    super("an IP address");
  }

  /** An IPv4 address in the form of an IPv6 one is not: Java gives it back as an IPv4 one. */
  @Override
  boolean isNatural(ByteBuffer bytes, int at, int length) {
    return length == 4
        || (length == 16 && !(bytes.getLong(at) == 0 && bytes.getInt(at + 8) == 0x0000ffff));
  }

  @Override
  String text(ByteBuffer bytes, int at, int length) {
    try {
      return InetAddress.getByAddress(Raw.copy(bytes, at, length)).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for other lengths
    }
  }

  @Override
  void parse(String text, Bytes out) {
    if (V4.matcher(text).matches()) {
      for (String part : text.split("\\.", -1)) {
        int value = Integer.parseInt(part);
        if (value > 255) {
          throw new IllegalArgumentException();
        }
        out.put(value);
      }
    } else if (V6.matcher(text).matches()) {
      try {
        out.put(InetAddress.getByName(text).getAddress()); // with a colon, never a host's name
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    } else {
      throw new IllegalArgumentException();
    }
  }
}
