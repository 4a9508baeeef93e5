package io.cesync.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Tells people and scripts the daemon's pid: {@code <state file>.pid} holds it and a line break
 * while the daemon runs. After a kill the file stays, so the {@link StateLock} is what tells
 * whether one runs; have that first.
 */
public final class PidFile implements AutoCloseable {

  private final Path file;

  private PidFile(Path file) {
    this.file = file;
  }

  /** The pid file of a state file. */
  public static Path of(Path stateFile) {
    Path absolute = stateFile.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + ".pid");
  }

  /**
   * Writes this process's pid; replaces what a killed daemon left behind.
   *
   * @throws StateException if it can't be written
   */
  public static PidFile write(Path stateFile) {
    Path file = of(stateFile);
    // Whole from the first moment on: a script must never read half a pid.
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(draft, ProcessHandle.current().pid() + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StateException(
          "The pid file %s can't be written (%s). Make sure that its directory is writable and not full."
              .formatted(file, e),
          e);
    }
    return new PidFile(file);
  }

  /** Removes it. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StateException("The pid file %s can't be removed (%s).".formatted(file, e), e);
    }
  }
}
