package io.cesync.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class ServiceManagerTest {
  @TempDir Path directory;

  private static String next(AFUNIXDatagramSocket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itTellsEachStep(boolean isAbstract) throws IOException {
    Path path = directory.resolve("notify");
    String name = isAbstract ? "@cesync-test-" + ProcessHandle.current().pid() : path.toString();
    try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
      systemd.bind(
          isAbstract
              ? AFUNIXSocketAddress.inAbstractNamespace(name.substring(1))
              : AFUNIXSocketAddress.of(path));
      try (ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", name))) {
        manager.waiting("Waiting for the servers");
        assertThat(next(systemd, 5_000)).isEqualTo("STATUS=Waiting for the servers");
        manager.following(Runnable::run, "Following 2 tables");
        assertThat(next(systemd, 5_000)).isEqualTo("READY=1\nSTATUS=Following 2 tables");
        manager.stopping();
        assertThat(next(systemd, 5_000)).isEqualTo("STOPPING=1\nSTATUS=Stopping");
      }
    }
  }

  @Test
  void theWatchdogHearsOfALoopThatTurnsOnly() throws IOException {
    Path path = directory.resolve("notify");
    try (AFUNIXDatagramSocket systemd = AFUNIXDatagramSocket.newInstance()) {
      systemd.bind(AFUNIXSocketAddress.of(path));
      Map<String, String> environment =
          Map.of("NOTIFY_SOCKET", path.toString(), "WATCHDOG_USEC", "60000");
      try (ServiceManager manager = ServiceManager.of(environment)) {
        assertThat(next(systemd, 5_000)).isEqualTo("WATCHDOG=1");
        ConcurrentLinkedQueue<Runnable> stuck = new ConcurrentLinkedQueue<>();
        manager.following(stuck::add, "x");
        String message = "WATCHDOG=1";
        while (message.equals("WATCHDOG=1")) {
          message = next(systemd, 5_000);
        }
        assertThat(message).startsWith("READY=1");
        // One beat may have been on its way; after it there is silence for ten beats.
        assertThatThrownBy(
                () -> {
                  next(systemd, 200);
                  next(systemd, 200);
                })
            .isInstanceOf(SocketTimeoutException.class);

        stuck.forEach(Runnable::run);
        assertThat(next(systemd, 5_000)).isEqualTo("WATCHDOG=1");
      }
    }
  }

  @Test
  void withoutASocketNothingIsTold() {
    List<Map<String, String>> environments =
        List.of(Map.of(), Map.of("NOTIFY_SOCKET", directory.resolve("none").toString()));
    for (Map<String, String> environment : environments) {
      try (ServiceManager manager = ServiceManager.of(environment)) {
        manager.following(Runnable::run, "x");
        manager.stopping();
      }
    }
  }
}
