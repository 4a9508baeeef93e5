package io.cesync.background;

import io.cesync.UserError;
import io.cesync.settings.Settings;
import io.cesync.state.DaemonState;
import io.cesync.state.StateException;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a daemon in the background, and waits until it follows its tables. */
public final class BackgroundStart {
  private static final long LOOK_MILLIS = 100;
  private static final long STOP_SECONDS = 35;
  private static final int LAST_LINES = 10;

  private BackgroundStart() {}

  /**
   * Starts it; gives back what it saved of itself once it is up. After a failure nothing is left
   * running.
   *
   * @throws UserError if one runs already, or it ended, or it wasn't up in time
   */
  public static DaemonState start(Settings settings, Path settingsFile, Duration limit)
      throws InterruptedException {
    StateLock.holder(settings.stateFile())
        .ifPresent(
            pid -> {
              throw new UserError(
                  "A daemon runs already (pid %s, on %s). Stop it first: ./run.sh stop"
                      .formatted(pid, settings.stateFile()));
            });
    Instant begun = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Launch launch = Launch.of(settingsFile, settings.log().file());
    Process process = launch.process();
    long end = System.nanoTime() + limit.toNanos();
    Optional<DaemonState> up = up(settings, process.pid(), begun);
    while (up.isEmpty()) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new UserError(
            "The daemon ended at its start, with code %d:%n%s"
                .formatted(process.exitValue(), launch.said()));
      }
      if (System.nanoTime() > end) {
        end(process);
        throw new UserError(
            "The daemon wasn't up within %d s, so it was stopped again. Its log ends with:%n%s%nMend that, or give it longer with --wait."
                .formatted(limit.toSeconds(), lastLines(settings.log().file())));
      }
      up = up(settings, process.pid(), begun);
    }
    return up.get();
  }

  /** It saves its state for the first time when it follows its tables. */
  private static Optional<DaemonState> up(Settings settings, long pid, Instant begun) {
    try {
      return new StateFile(settings.stateFile())
          .load()
          .daemon()
          // A pid alone may be that of a daemon before a reboot.
          .filter(d -> d.pid() == pid && d.running() && !d.started().isBefore(begun));
    } catch (StateException e) {
      // The daemon itself will say so, and end.
      return Optional.empty();
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static String lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " can't be read: " + e + ")";
    }
  }
}
