package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;

/**
 * Folders that are expensive to make, kept between runs. A folder appears whole or not at all, also
 * with several JVMs at it.
 */
final class Cache {
  /** File locks are held by the whole JVM, so its threads need a lock among themselves. */
  private static final Object THREADS = new Object();

  private final Path root;

  Cache(Path root) {
    this.root = root;
  }

  /** {@code -Dcesync.cache}, else {@code CESYNC_CACHE}, else {@code ~/.cache/cesync}. */
  static Cache ofUser() {
    String chosen = System.getProperty("cesync.cache", System.getenv("CESYNC_CACHE"));
    Path base =
        chosen != null
            ? Path.of(chosen)
            : Path.of(System.getProperty("user.home"), ".cache", "cesync");
    return new Cache(base.toAbsolutePath().resolve("servers"));
  }

  interface Filler {
    void fill(Path emptyFolder) throws IOException;
  }

  /** A file beside the folder of that name, which stays if filling it fails. */
  Path logOf(String name) {
    return root.resolve(name + ".log");
  }

  /** The folder of that name, filled now if it isn't there or no longer good. */
  Path folder(String name, Predicate<Path> good, Filler filler) {
    Path folder = root.resolve(name);
    if (Files.isDirectory(folder) && good.test(folder)) {
      return folder;
    }
    synchronized (THREADS) {
      try {
        Files.createDirectories(root);
        return fillLocked(folder, good, filler);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make " + folder, e);
      }
    }
  }

  private Path fillLocked(Path folder, Predicate<Path> good, Filler filler) throws IOException {
    Path lockFile = root.resolve(folder.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("lost the lock " + lockFile);
      }
      if (Files.isDirectory(folder)) {
        if (good.test(folder)) {
          return folder;
        }
        Folders.delete(folder);
      }
      Path partial = root.resolve(folder.getFileName() + ".partial");
      Folders.delete(partial);
      Files.createDirectories(partial);
      filler.fill(partial);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      return folder;
    }
  }
}
