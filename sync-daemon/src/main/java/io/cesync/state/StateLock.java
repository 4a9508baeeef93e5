package io.cesync.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a second daemon off a state file. The operating system holds the lock, on a file beside it,
 * and lets go of it when the process ends, however it ends.
 */
public final class StateLock implements AutoCloseable {
  /** Someone who only asks {@link #holder} has the lock for an instant; that isn't a daemon. */
  private static final int ATTEMPTS = 10;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

  /**
   * What this process itself holds. On Linux, closing any channel of a locked file lets go of the
   * process's lock, so the file of one's own lock must not even be opened.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private StateLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a state file.
   *
   * @throws StateException if another daemon has it, with that one's pid, or if the lock file can't
   *     be written
   */
  public static StateLock acquire(Path stateFile) {
    Path file = lockFile(stateFile);
    if (!OWN.add(file)) {
      throw held(stateFile, ownPid());
    }
    try {
      return acquire(stateFile, file);
    } catch (RuntimeException e) {
      OWN.remove(file);
      throw e;
    }
  }

  private static StateLock acquire(Path stateFile, Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (!locked(channel)) {
          throw held(stateFile, pid(file).orElse("unknown"));
        }
        write(channel, ownPid());
        return new StateLock(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StateException(
          "%s can't be locked (%s). Make sure that its directory is writable.".formatted(file, e),
          e);
    }
  }

  /**
   * The pid of the daemon that has the lock, as text ("unknown" if it can't be told); empty if none
   * has.
   */
  public static Optional<String> holder(Path stateFile) {
    Path file = lockFile(stateFile);
    if (OWN.contains(file)) {
      return Optional.of(ownPid());
    }
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock != null ? Optional.empty() : Optional.of(pid(file).orElse("unknown"));
    } catch (IOException e) {
      throw new StateException(file + " can't be read (" + e + ").", e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new StateException("The lock of the state file can't be let go (" + e + ").", e);
    } finally {
      OWN.remove(file);
    }
  }

  private static StateException held(Path stateFile, String pid) {
    return new StateException(
        "Another daemon (pid %s) uses %s. Stop it first, or give this one another state_file."
            .formatted(pid, stateFile));
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static boolean locked(FileChannel channel) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (channel.tryLock() != null) {
        return true;
      }
      LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
    }
    return false;
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static Optional<String> pid(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path lockFile(Path stateFile) {
    Path absolute = stateFile.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + ".lock");
  }
}
