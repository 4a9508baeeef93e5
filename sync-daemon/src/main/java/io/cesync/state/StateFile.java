package io.cesync.state;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * {@code state.yaml} on disk. A save is atomic: whatever happens during it, the file is the old one
 * or the new one. Saves must come from one thread at a time, in one process (see {@link
 * StateLock}).
 */
public final class StateFile {
  private final Path path;

  public StateFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path path() {
    return path;
  }

  /**
   * What the file says; {@link State#EMPTY} if there is none.
   *
   * @throws StateException if it can't be read, is no state, or is of a newer format: never a
   *     silent restart
   */
  public State load() {
    try {
      return StateText.read(Files.readString(path), path.toString());
    } catch (NoSuchFileException e) {
      return State.EMPTY;
    } catch (CharacterCodingException e) {
      throw new StateException(
          path + " is not UTF-8 text. Put back a good copy, or remove it to copy all tables anew.",
          e);
    } catch (IOException e) {
      throw new StateException(
          path + " can't be read (" + e + "). Give cesync the right to read it.", e);
    }
  }

  /**
   * Replaces the file, and returns once the new one is on disk.
   *
   * @throws StateException if that fails; the file is then still the old one. The daemon must stop:
   *     it could not remember what it goes on doing.
   */
  public void save(State state) {
    try {
      AtomicFile.write(path, StateText.write(state));
    } catch (IOException e) {
      throw new StateException(
          "The state can't be saved to %s (%s). Make sure that its directory is writable and has room; the file itself is as it was."
              .formatted(path, e),
          e);
    }
  }
}
