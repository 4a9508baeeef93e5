package io.cesync.daemon;

import io.cesync.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks a running daemon, by a file {@code <state file>.reload-asked}, to read its settings again. A
 * signal wouldn't reach one that was started by nohup, or in another container.
 */
public final class ReloadRequest {

  private ReloadRequest() {}

  /** Asks; once, however often it is asked before the daemon takes it. */
  public static void write(Path stateFile) {
    Path file = of(stateFile);
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UserError(
          "%s can't be written (%s), so the daemon can't be asked. Run this as the daemon's user."
              .formatted(file, e));
    }
  }

  /** Whether a reload is asked for. */
  static boolean isThere(Path stateFile) {
    return Files.exists(of(stateFile));
  }

  /** Whether a reload was asked for; not a second time. */
  static boolean take(Path stateFile) {
    try {
      return Files.deleteIfExists(of(stateFile));
    } catch (IOException e) {
      throw new UserError(
          "%s can't be deleted (%s); make its directory writable for the daemon."
              .formatted(of(stateFile), e));
    }
  }

  private static Path of(Path stateFile) {
    return stateFile.resolveSibling(stateFile.getFileName() + ".reload-asked");
  }
}
