package io.cesync.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.daemon.Daemon;
import io.cesync.daemon.SettingsSource;
import io.cesync.daemon.StopSignal;
import io.cesync.settings.Settings;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

/** A daemon in this JVM. Closing stops it in good order; a failure of the daemon is the test's. */
public final class DaemonThread implements AutoCloseable {

  private static final long ENDS_WITHIN_MILLIS = 60_000;

  private final StopSignal stop = new StopSignal();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  DaemonThread(Settings settings, boolean once) {
    Daemon daemon = new Daemon(settings, new Unchanged(settings), stop, Clock.systemUTC(), once);
    thread = new Thread(() -> run(daemon), "daemon under test");
    thread.start();
  }

  private record Unchanged(Settings read) implements SettingsSource {
    @Override
    public void inForce(Settings settings) {}
  }

  private void run(Daemon daemon) {
    try {
      daemon.run();
    } catch (Exception | Error e) {
      failure.set(e);
    }
  }

  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Waits until it ends by itself; null if it ended in good order. */
  public Throwable awaitFailure() {
    join();
    return failure.getAndSet(null);
  }

  /** Waits until it ends by itself. */
  public void awaitEnd() {
    join();
    rethrow();
  }

  private void join() {
    try {
      thread.join(ENDS_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).as("the daemon still runs").isFalse();
  }

  private void rethrow() {
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new AssertionError("the daemon failed", thrown);
    }
  }

  @Override
  public void close() {
    stop.stop();
    join();
    rethrow();
  }
}
