package io.cesync.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut off. */
public final class Relay implements AutoCloseable {

  private final URI target;
  private final ServerSocket entry;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  public Relay(URI target) {
    this.target = target;
    try {
      entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Where it is entered. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + entry.getLocalPort());
  }

  /** Ends all connections, and each new one at once. */
  public void cut() {
    isCut = true;
    sockets.forEach(Relay::end);
  }

  public void mend() {
    isCut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket from = entry.accept();
        if (isCut) {
          end(from);
          continue;
        }
        Socket to = new Socket(target.getHost(), target.getPort());
        sockets.add(from);
        sockets.add(to);
        start(() -> copy(from, to));
        start(() -> copy(to, from));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut off, or one side has ended it.
    } finally {
      end(from);
      end(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      entry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
