package io.cesync.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waiting for a server that was just started. */
final class Startup {
  /** Generous: several servers may start at once on a small machine. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** What servers say when another process was quicker to take a port. */
  private static final List<String> PORT_TAKEN =
      List.of("Address already in use", "is in use by another process", "Port already in use");

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
    boolean portTaken = logs.stream().anyMatch(log -> LogTail.contains(log, PORT_TAKEN));
    return new ServerStartException(message.toString(), portTaken);
  }

  private static void sleep(String what) {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("interrupted while waiting for " + what, e);
    }
  }
}
