package io.cesync.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.settings.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Keeps the {@link Progress} of a table. It is worth no more than the time it saves: what can't be
 * read is as if it weren't there.
 */
record ProgressFile(Path path) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one of a command, or of the daemon's schedule. */
  static ProgressFile of(Path stateFile, TableName table, boolean scheduled) {
    Path absolute = stateFile.toAbsolutePath().normalize();
    String more = (scheduled ? ".verify-scheduled-" : ".verify-") + table;
    return new ProgressFile(
        absolute.resolveSibling(absolute.getFileName() + more.replace("\"", "")));
  }

  Optional<Progress> load() {
    try {
      return Optional.of(JSON.readValue(path.toFile(), Progress.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void save(Progress progress) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".tmp");
    JSON.writeValue(next.toFile(), progress);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
