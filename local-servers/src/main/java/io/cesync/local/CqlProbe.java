package io.cesync.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks a node whether it speaks CQL yet. */
final class CqlProbe {
  /** Protocol version 4, no flags, stream 0, opcode OPTIONS, no body. */
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};

  private static final int SUPPORTED = 6;
  private static final int TIMEOUT_MILLIS = 2000;

  private CqlProbe() {}

  static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(OPTIONS);
      byte[] header = new byte[OPTIONS.length];
      new DataInputStream(socket.getInputStream()).readFully(header);
      return header[4] == SUPPORTED;
    } catch (IOException e) {
      return false;
    }
  }
}
