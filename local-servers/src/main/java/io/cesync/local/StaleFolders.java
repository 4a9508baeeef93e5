package io.cesync.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Node folders whose JVM was killed before it could delete them. A living JVM holds a lock on a
 * file in each of its folders; the kernel drops it when the JVM ends.
 */
final class StaleFolders {
  static final String PREFIX = "cesync-";
  private static final Logger log = LoggerFactory.getLogger(StaleFolders.class);
  private static final String OWNER = "owner.lock";

  /** For reading the logs of a server that did not start. */
  private static final Duration KEEP_FAILED = Duration.ofDays(1);

  /** Spares a folder that another JVM is just making. */
  private static final Duration MAKING = Duration.ofMinutes(1);

  private StaleFolders() {}

  /** Marks the folder as needed until the channel is closed. */
  static FileChannel own(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(OWNER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    if (!lock.isValid()) {
      throw new IOException("could not lock " + folder);
    }
    return channel;
  }

  /** Marks the folder as to be kept for a day. */
  static void markFailed(Path folder) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve(OWNER), FileTime.from(Instant.now().plus(KEEP_FAILED)));
  }

  /** Deletes the folders of dead JVMs. Must not be called by a JVM that has folders of its own. */
  static void deleteIn(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          deleteIfStale(folder);
        }
      }
    } catch (IOException e) {
      log.debug("Could not look for stale folders in {}", parent, e);
    }
  }

  private static void deleteIfStale(Path folder) {
    Path owner = folder.resolve(OWNER);
    try {
      if (!Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS)
          || Files.getLastModifiedTime(owner).toInstant().isAfter(Instant.now().minus(MAKING))) {
        return;
      }
      try (FileChannel channel = FileChannel.open(owner, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          log.info("Deleting {}, left by a process that was killed", folder);
          Folders.delete(folder);
        }
      }
    } catch (IOException e) {
      log.debug("Could not delete the stale {}", folder, e);
    }
  }
}
