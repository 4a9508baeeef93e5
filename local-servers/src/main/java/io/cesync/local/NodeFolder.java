package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server's folder under {@code java.io.tmpdir}; gone when the server is closed. */
final class NodeFolder {
  private static final Logger log = LoggerFactory.getLogger(NodeFolder.class);
  private static boolean cleaned;

  private final Path path;
  private final FileChannel ownership;

  private NodeFolder(Path path, FileChannel ownership) {
    this.path = path;
    this.ownership = ownership;
  }

  /** One at a time: {@link StaleFolders#deleteIn} needs that. */
  static synchronized NodeFolder create(String name) {
    Path parent = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    if (!cleaned) {
      StaleFolders.deleteIn(parent);
      cleaned = true;
    }
    try {
      Path path = Files.createTempDirectory(parent, StaleFolders.PREFIX + name + "-");
      NodeFolder folder = new NodeFolder(path, StaleFolders.own(path));
      Children.add(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + parent, e);
    }
  }

  Path path() {
    return path;
  }

  Path resolve(String child) {
    return path.resolve(child);
  }

  /** What the server says on its standard output. */
  Path console() {
    return path.resolve("console.log");
  }

  /** Leaves it behind, for someone to read the logs. */
  void keep() {
    Children.remove(this);
    try {
      StaleFolders.markFailed(path);
      ownership.close();
    } catch (IOException e) {
      log.debug("Could not mark {} as to be kept", path, e);
    }
  }

  void delete() {
    Children.remove(this);
    try {
      Folders.delete(path);
      ownership.close();
    } catch (IOException e) {
      log.warn("Could not delete {}", path, e);
    }
  }
}
