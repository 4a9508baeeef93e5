package io.cesync.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports that nothing listens on. */
final class Ports {
  /** Below the range from which systems take ports for outgoing connections. */
  private static final int FIRST = 20_000;

  private static final int LAST = 31_999;

  /** So that two servers that start at once in this JVM don't get the same port. */
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /** A port that is free on all of these addresses. */
  static synchronized int freeOn(List<InetAddress> addresses) {
    for (int i = 0; i < 10_000; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (!GIVEN.contains(port) && isFree(addresses, port)) {
        GIVEN.add(port);
        return port;
      }
    }
    throw new ServerStartException("no free port between " + FIRST + " and " + LAST);
  }

  static boolean isFree(List<InetAddress> addresses, int port) {
    return addresses.stream().allMatch(address -> isFree(address, port));
  }

  private static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** 127.0.0.1 for 0, 127.0.0.2 for 1, and so on. */
  static InetAddress loopback(int i) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (i + 1)});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
