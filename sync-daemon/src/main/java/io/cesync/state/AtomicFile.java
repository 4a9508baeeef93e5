package io.cesync.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces files as a whole, so that whoever reads one sees it as it was before or after. */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Returns once the new contents are on disk. If it fails the file is as it was, or not there if
   * it wasn't.
   *
   * @param text written as UTF-8
   */
  public static void write(Path path, String text) throws IOException {
    // Through a symbolic link, so that the link stays one.
    Path target = (Files.exists(path) ? path.toRealPath() : path).toAbsolutePath();
    // One name, not a random one: what a crash leaves is overwritten by the next write.
    Path next = target.resolveSibling(target.getFileName() + ".tmp");
    writeAndSync(next, text.getBytes(StandardCharsets.UTF_8));
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(target.getParent());
  }

  private static void writeAndSync(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Without it the rename itself may be lost with the power. */
  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
