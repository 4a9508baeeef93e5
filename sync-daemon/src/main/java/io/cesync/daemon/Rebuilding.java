package io.cesync.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cesync.state.AtomicFile;
import io.cesync.state.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Two indices of one two-way table, by which a resync tells the daemon which one to follow: the old
 * one, by its own name, until the resync hands over the new one.
 *
 * @param ledger the new index's part of the ledger
 * @param swapMillis when applications were about to be sent to the new one, ms since 1970; 0 before
 * @param handedOver whether the daemon is to go on with the new one
 */
record Rebuilding(
    String oldIndex, String newIndex, String ledger, long swapMillis, boolean handedOver) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Empty if there is none. */
  static Optional<Rebuilding> read(Path file) {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Rebuilding.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new StateException(
          "%s is not what a resync writes (%s). Put a good copy back; or remove it and the other files of that resync, and delete the index that it was building."
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new StateException(
          "%s can't be read (%s). Give cesync the right to read and write it."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Replaces what the file said, at once. */
  void write(Path file) {
    try {
      AtomicFile.write(file, JSON.writeValueAsString(this));
    } catch (IOException e) {
      throw new StateException(
          "%s can't be written (%s). Make sure that it is writable and has room."
              .formatted(file, e),
          e);
    }
  }

  Rebuilding swapAt(long millis) {
    return new Rebuilding(oldIndex, newIndex, ledger, millis, false);
  }

  Rebuilding handOver() {
    return new Rebuilding(oldIndex, newIndex, ledger, swapMillis, true);
  }
}
