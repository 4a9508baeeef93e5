package io.cesync.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waiting for a server that was just started. */
final class Startup {
  /** Generous: several servers may start at once on a small machine. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final long POLL_MILLIS = 50;

  private Startup() {}

  /**
   * Waits until {@code ready}.
   *
   * @param logs where the server writes; the message of the exception quotes them
   * @throws ServerStartException if the process ends or the time is over
   */
  static void await(String what, ServerProcess process, List<Path> logs, BooleanSupplier ready) {
    long start = System.nanoTime();
    while (!ready.getAsBoolean()) {
      if (!process.alive()) {
        throw failure(what + " ended with exit code " + process.exitCode(), logs);
      }
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw failure(what + " did not come up within " + LIMIT.toSeconds() + " s", logs);
      }
      sleep(what);
    }
  }

  private static ServerStartException failure(String problem, List<Path> logs) {
    StringBuilder message = new StringBuilder(problem);
    for (Path log : logs) {
      message.append("; ").append(log).append(" ends:\n").append(LogTail.of(log)).append('\n');
    }
    return new ServerStartException(message.toString());
  }

  private static void sleep(String what) {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("interrupted while waiting for " + what, e);
    }
  }

  /** Whether a start failed because another process was quicker to take a port. */
  static boolean portWasTaken(ServerStartException failure) {
    String message = failure.getMessage();
    return message.contains("Address already in use")
        || message.contains("is in use by another process")
        || message.contains("BindHttpException")
        || message.contains("BindTransportException");
  }
}
