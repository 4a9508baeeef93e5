package io.cesync.intents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the log. It goes when all of its intents are released and no more are written to it.
 * Guarded by its {@link IntentLog}.
 */
final class Segment {

  /** The marks of released intents wait for the next write, or until there are so many. */
  private static final int MOST_MARKS = 64;

  private final Path file;
  private final FileChannel channel;
  private final StringBuilder marks = new StringBuilder();
  private int marked;
  private int open;
  private boolean current;
  private long written;
  private volatile boolean forced = true;

  private Segment(Path file, FileChannel channel, boolean current) {
    this.file = file;
    this.channel = channel;
    this.current = current;
  }

  /** A new file. */
  static Segment create(Path file) throws IOException {
    return new Segment(
        file,
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        true);
  }

  /** One that a former process left, with so many intents open. */
  static Segment left(Path file, int open) throws IOException {
    Segment segment =
        new Segment(
            file,
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            false);
    segment.open = open;
    // What was being written when the process ended is a line of its own, and none that is whole.
    segment.write(IntentLog.TORN + "\n");
    segment.clean();
    return segment;
  }

  long written() {
    return written;
  }

  void append(String lines, int intents) throws IOException {
    write(lines);
    open += intents;
  }

  /** An intent is settled. */
  void release(long number) throws IOException {
    marks.append(IntentLog.SETTLED).append(number).append('\n');
    open--;
    if (++marked >= MOST_MARKS) {
      mark();
    }
    clean();
  }

  /** Writes the marks that wait. */
  void mark() throws IOException {
    if (marked > 0 && channel.isOpen()) {
      write(marks.toString());
      marks.setLength(0);
      marked = 0;
    }
  }

  /** Whether something isn't on the disk yet. */
  boolean needsForce() {
    return !forced && channel.isOpen();
  }

  /** Has it on the disk. Needn't be guarded: that may take a while. */
  void force() throws IOException {
    forced = true;
    try {
      channel.force(false);
    } catch (ClosedChannelException e) {
      // All its intents were released meanwhile.
    } catch (IOException e) {
      forced = false;
      throw e;
    }
  }

  /** Nothing but marks is written to it any more. */
  void finish() throws IOException {
    current = false;
    clean();
  }

  boolean isGone() {
    return !channel.isOpen();
  }

  /** The process ends. */
  void close() throws IOException {
    finish();
    mark();
    channel.close();
  }

  private void clean() throws IOException {
    if (open == 0 && !current) {
      channel.close();
      Files.deleteIfExists(file);
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    written += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    forced = false;
  }
}
