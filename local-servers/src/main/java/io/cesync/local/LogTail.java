package io.cesync.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for messages. */
final class LogTail {
  private static final int BYTES = 64 << 10;
  private static final int LINES = 25;

  private LogTail() {}

  /** Its last lines, indented; something readable even if the log can't be read. */
  static String of(Path log) {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      channel.position(Math.max(0, channel.size() - BYTES));
      ByteBuffer buffer = ByteBuffer.allocate(BYTES);
      int read;
      do {
        read = channel.read(buffer);
      } while (read > 0);
      List<String> lines =
          new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
      return "    " + String.join("\n    ", last);
    } catch (IOException e) {
      return "    (cannot be read: " + e + ")";
    }
  }
}
