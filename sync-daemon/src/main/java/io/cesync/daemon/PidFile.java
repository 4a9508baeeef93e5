package io.cesync.daemon;

import io.cesync.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code <state file>.pid}: the pid of the daemon, and a line break, while it runs. */
public final class PidFile implements AutoCloseable {

  private final Path file;

  private PidFile(Path file) {
    this.file = file;
  }

  /** Writes the file. */
  static PidFile write(Path stateFile) {
    Path file = of(stateFile);
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      throw new UserError(
          file + " can't be written (" + e + "). Make sure that its directory is writable.");
    }
    return new PidFile(file);
  }

  /** Where the pid of a state file's daemon is. */
  public static Path of(Path stateFile) {
    return stateFile.resolveSibling(stateFile.getFileName() + ".pid");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next daemon overwrites it; the lock tells whether one runs.
    }
  }
}
