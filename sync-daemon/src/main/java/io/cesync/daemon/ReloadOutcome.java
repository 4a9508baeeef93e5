package io.cesync.daemon;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * How a reload ended, as {@code <state file>.reload} tells it to whoever asked for it.
 *
 * @param begunMillis when the settings file began to be read: who asked before that is answered
 * @param exitCode 0 if the settings are in force, 1 after a failure, 2 if they were refused
 * @param text for people
 */
public record ReloadOutcome(long begunMillis, int exitCode, List<String> text) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public ReloadOutcome {
    text = List.copyOf(text);
  }

  /** The last one; empty if there is none. */
  public static Optional<ReloadOutcome> read(Path stateFile) {
    try {
      return Optional.of(JSON.readValue(Files.readString(of(stateFile)), ReloadOutcome.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserError(of(stateFile) + " can't be read (" + e + ").");
    }
  }

  /** Replaces the last one at once. */
  void write(Path stateFile) throws IOException {
    Path next = stateFile.resolveSibling(stateFile.getFileName() + ".reload.tmp");
    Files.writeString(next, JSON.writeValueAsString(this));
    Files.move(next, of(stateFile), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path of(Path stateFile) {
    return stateFile.resolveSibling(stateFile.getFileName() + ".reload");
  }
}
