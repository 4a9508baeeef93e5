package io.cesync.systemd;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The datagram socket that systemd listens on. Thread-safe; a failure is logged once. */
final class NotifySocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

  private final AFUNIXDatagramSocket socket;
  private boolean failed;

  private NotifySocket(AFUNIXDatagramSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects to it.
   *
   * @param name a path, or with an at sign before it a name in the abstract namespace
   */
  static NotifySocket of(String name) throws IOException {
    AFUNIXSocketAddress address =
        name.startsWith("@")
            ? AFUNIXSocketAddress.inAbstractNamespace(name.substring(1))
            : AFUNIXSocketAddress.of(Path.of(name));
    AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance();
    try {
      socket.connect(address);
      return new NotifySocket(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends one message: assignments, one a line. */
  synchronized void send(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length));
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.warn("systemd can't be told how the daemon is: {}", e.toString());
      }
      failed = true;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
