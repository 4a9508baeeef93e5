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

  /** Its last lines but for stack frames, indented; something readable if it can't be read. */
  static String of(Path log) {
    try {
      List<String> lines = read(log).lines().filter(line -> !isFrame(line.strip())).toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
      return "    " + String.join("\n    ", last);
    } catch (IOException e) {
      return "    (cannot be read: " + e + ")";
    }
  }

  /** Whether one of the texts is near its end. */
  static boolean contains(Path log, List<String> texts) {
    try {
      String end = read(log);
      return texts.stream().anyMatch(end::contains);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFrame(String line) {
    return line.startsWith("at ") || (line.startsWith("... ") && line.endsWith(" more"));
  }

  private static String read(Path log) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      channel.position(Math.max(0, channel.size() - BYTES));
      ByteBuffer buffer = ByteBuffer.allocate(BYTES);
      int read;
      do {
        read = channel.read(buffer);
      } while (read > 0);
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }
}
