package io.cesync.background;

import io.cesync.UserError;
import io.cesync.state.PidFile;
import io.cesync.state.StateException;
import io.cesync.state.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stops the daemon of a state file. The lock, not the pid file, says which process that is: it goes
 * with its process, so that neither a stale file nor a pid that was given away again misleads.
 */
public final class BackgroundStop {
  private static final long LOOK_MILLIS = 50;
  private static final Duration KILLED = Duration.ofSeconds(10);

  private BackgroundStop() {}

  /**
   * Stops it, and gives back a line that says what happened.
   *
   * @param force whether to kill it if it hasn't ended in time
   * @throws UserError if it runs still
   */
  public static String stop(Path stateFile, Duration limit, boolean force)
      throws InterruptedException {
    Optional<String> holder = StateLock.holder(stateFile);
    if (holder.isEmpty()) {
      return removePidFile(stateFile)
          ? "No daemon runs; one was killed, and left its pid file behind, which is gone now."
          : "No daemon runs.";
    }
    ProcessHandle process = process(holder.get());
    if (!process.destroy() && process.isAlive()) {
      throw new UserError(
          "The daemon (pid %d) can't be stopped by this user. Stop it as %s."
              .formatted(process.pid(), process.info().user().orElse("its own user")));
    }
    if (isGone(stateFile, process, limit)) {
      return "The daemon (pid %d) has ended in good order.".formatted(process.pid());
    }
    if (!force) {
      throw new UserError(
          "The daemon (pid %d) hasn't ended within %d s. Wait longer with --stop-wait, or kill it with --force; nothing is lost by that."
              .formatted(process.pid(), limit.toSeconds()));
    }
    process.destroyForcibly();
    if (!isGone(stateFile, process, KILLED)) {
      throw new UserError(
          "The daemon (pid %d) was killed, but runs still; it may hang in a disk."
              .formatted(process.pid()));
    }
    removePidFile(stateFile);
    return "The daemon (pid %d) hadn't ended within %d s, and was killed."
        .formatted(process.pid(), limit.toSeconds());
  }

  private static ProcessHandle process(String pid) {
    if (!pid.matches("[0-9]{1,18}")) {
      throw new UserError("A daemon runs, but its pid can't be told. Try again.");
    }
    return ProcessHandle.of(Long.parseLong(pid))
        .orElseThrow(
            () ->
                new UserError(
                    "The daemon (pid %s) can't be seen from here. Stop it in its own container or on its own machine."
                        .formatted(pid)));
  }

  private static boolean isGone(Path stateFile, ProcessHandle process, Duration limit)
      throws InterruptedException {
    String pid = Long.toString(process.pid());
    long end = System.nanoTime() + limit.toNanos();
    // Not whether the process is there: without a reaper, as in a container, it stays as a zombie.
    while (StateLock.holder(stateFile).filter(pid::equals).isPresent()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }

  private static boolean removePidFile(Path stateFile) {
    Path file = PidFile.of(stateFile);
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StateException("The pid file %s can't be removed (%s).".formatted(file, e), e);
    }
  }
}
