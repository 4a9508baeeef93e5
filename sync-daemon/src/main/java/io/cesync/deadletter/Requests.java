package io.cesync.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.UserError;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the command line has a running daemon do with dead letters. A request is a file beside the
 * state file, {@code <state file>.letters-…}, that the daemon takes away. Thread-safe.
 */
public final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DRAFT = ".tmp";

  /**
   * A request.
   *
   * @param table as settings name it
   * @param key a letter's; null for all that the table has
   * @param dropped whether the letters were dropped; else they are to be tried once more
   */
  public record Request(String table, String key, boolean dropped) {}

  private final Path directory;
  private final String prefix;

  public Requests(Path stateFile) {
    this.directory = stateFile.toAbsolutePath().getParent();
    this.prefix = stateFile.getFileName() + ".letters-";
  }

  /**
   * Asks for something.
   *
   * @return the file, which is gone once a daemon has taken it
   */
  public Path ask(Request request) {
    Path file = directory.resolve(prefix + UUID.randomUUID());
    Path draft = file.resolveSibling(file.getFileName() + DRAFT);
    try {
      Files.writeString(draft, JSON.writeValueAsString(request));
      return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserError("The daemon can't be asked, by a file in %s: %s".formatted(directory, e));
    }
  }

  /** All that is asked for now; it isn't told twice. */
  public List<Request> take() {
    List<Request> taken = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, this::isRequest)) {
      for (Path file : files) {
        Optional<Request> request = read(file);
        if (Files.deleteIfExists(file)) {
          request.ifPresent(taken::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("{} can't be looked at", directory, e);
    }
    return taken;
  }

  private boolean isRequest(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(prefix) && !name.endsWith(DRAFT);
  }

  private static Optional<Request> read(Path file) {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Request.class));
    } catch (IOException e) {
      LOG.warn("{} is no request about dead letters ({}).", file, e.toString());
      return Optional.empty();
    }
  }
}
