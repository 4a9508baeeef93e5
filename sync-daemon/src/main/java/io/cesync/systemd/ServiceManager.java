package io.cesync.systemd;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service manager that started this process, told by the protocol of sd_notify(3); if none did,
 * nothing is told. Thread-safe.
 */
public final class ServiceManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
  private static final Executor HERE = Runnable::run;

  private final Optional<NotifySocket> socket;
  private final ScheduledExecutorService pulse;
  private volatile Executor loop = HERE;

  private ServiceManager(Optional<NotifySocket> socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.pulse =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cesync-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    // Three beats within the time, so that one may be late.
    if (watchdog.isPresent()) {
      long every = watchdog.get().toNanos() / 3;
      Future<?> unused = pulse.scheduleAtFixedRate(this::beat, 0, every, TimeUnit.NANOSECONDS);
    }
  }

  /** The one that this environment names: NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID. */
  public static ServiceManager of(Map<String, String> environment) {
    String name = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (name.isEmpty()) {
      return none();
    }
    try {
      return new ServiceManager(Optional.of(NotifySocket.of(name)), watchdog(environment));
    } catch (IOException e) {
      LOG.warn("systemd can't be told how the daemon is, at {}: {}", name, e.toString());
      return none();
    }
  }

  /** None that wants to know. */
  public static ServiceManager none() {
    return new ServiceManager(Optional.empty(), Optional.empty());
  }

  private static Optional<Duration> watchdog(Map<String, String> environment) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String own = Long.toString(ProcessHandle.current().pid());
    boolean meant = environment.getOrDefault("WATCHDOG_PID", own).equals(own);
    return meant && micros.matches("[1-9][0-9]{0,17}")
        ? Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
        : Optional.empty();
  }

  /** The daemon waits for something: servers, or a person. That is no defect of its own. */
  public void waiting(String status) {
    loop = HERE;
    tell("STATUS=" + status);
  }

  /**
   * The daemon is up. From here on it counts as alive only while this loop takes tasks.
   *
   * @param turning runs a task within the loop
   */
  public void following(Executor turning, String status) {
    loop = turning;
    tell("READY=1\nSTATUS=" + status);
  }

  /** The daemon is about to end. */
  public void stopping() {
    tell("STOPPING=1\nSTATUS=Stopping");
  }

  private void beat() {
    try {
      loop.execute(() -> tell("WATCHDOG=1"));
    } catch (RejectedExecutionException e) {
      LOG.debug("The loop has just ended", e);
    }
  }

  private void tell(String message) {
    socket.ifPresent(s -> s.send(message));
  }

  @Override
  public void close() {
    pulse.shutdownNow();
    socket.ifPresent(NotifySocket::close);
  }
}
