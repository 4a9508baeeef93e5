package io.cesync.intents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cesync.state.StateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write-ahead log of {@link Intent}s, an object a line, in files that go once all of theirs are
 * released: usually one or two of a few MiB. What was appended survives the end of the process, but
 * may be lost with the machine's power. Thread-safe; for one process at a time, which holds the
 * lock of the state.
 */
public final class IntentLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IntentLog.class);
  private static final String SUFFIX = ".jsonl";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ObjectWriter WRITER = MAPPER.writerFor(Intent.class);
  private static final ObjectReader READER = MAPPER.readerFor(Intent.class);

  private final Path directory;
  private final long segmentBytes;
  private final Map<String, List<Left>> left = new HashMap<>();
  private long number;
  private Segment current;
  private FileChannel channel;
  private long written;

  /**
   * An intent of a process that ended before it was released.
   *
   * @param segment to be released once it is known what became of it
   */
  public record Left(Intent intent, Segment segment) {}

  private IntentLog(Path directory, long segmentBytes) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /**
   * Reads what was left, and goes on.
   *
   * @param directory created with the first intent
   * @param segmentBytes of a file, about
   * @throws StateException if it can't be read
   */
  public static IntentLog open(Path directory, long segmentBytes) {
    IntentLog log = new IntentLog(directory, segmentBytes);
    try {
      log.readAll();
    } catch (IOException e) {
      throw new StateException(
          directory + " can't be read (" + e + "). Give cesync the right to read and write it.", e);
    }
    return log;
  }

  private void readAll() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files =
          all.filter(file -> file.getFileName().toString().matches("\\d+\\" + SUFFIX))
              .sorted(Comparator.comparingLong(IntentLog::number))
              .toList();
    }
    for (Path file : files) {
      number = number(file);
      read(new Segment(file, true));
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private void read(Segment segment) throws IOException {
    List<String> lines = Files.readAllLines(segment.file());
    for (int i = 0; i < lines.size(); i++) {
      try {
        Intent intent = READER.readValue(lines.get(i));
        segment.add(1);
        left.computeIfAbsent(intent.table(), table -> new ArrayList<>())
            .add(new Left(intent, segment));
      } catch (JsonProcessingException e) {
        // The last one was being written when the process ended: its request was not sent yet.
        if (i < lines.size() - 1) {
          LOG.warn("{}, line {} is no intent and is passed over.", segment.file(), i + 1);
        }
      }
    }
    segment.finish();
  }

  /** Takes those that a former process left for a table, oldest first. */
  public synchronized List<Left> take(String table) {
    List<Left> taken = left.remove(table);
    return taken == null ? List.of() : taken;
  }

  /** Forgets what nobody took: its tables are followed no more. */
  public synchronized void dropRest() {
    left.values().forEach(all -> all.forEach(each -> each.segment().release()));
    left.clear();
  }

  /**
   * Notes intents, before their requests are sent.
   *
   * @return to be released once for each of them
   * @throws StateException if they can't be written: nothing may be sent then
   */
  public synchronized Segment append(List<Intent> intents) {
    try {
      byte[] lines = lines(intents);
      if (current == null || written + lines.length > segmentBytes) {
        roll();
      }
      ByteBuffer buffer = ByteBuffer.wrap(lines);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      written += lines.length;
      current.add(intents.size());
      return current;
    } catch (IOException e) {
      throw new StateException(
          "%s can't be written (%s). Make sure that it is writable and has room."
              .formatted(directory, e),
          e);
    }
  }

  private static byte[] lines(List<Intent> intents) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(intents.size() * 256);
    for (Intent intent : intents) {
      lines.write(WRITER.writeValueAsBytes(intent));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private void roll() throws IOException {
    finish();
    Files.createDirectories(directory);
    Path file = directory.resolve(++number + SUFFIX);
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    current = new Segment(file, true);
    written = 0;
  }

  private void finish() throws IOException {
    if (current != null) {
      channel.close();
      current.finish();
      current = null;
    }
  }

  /** What became of an intent is in the ledger, or will never be. */
  public synchronized void release(Segment segment) {
    segment.release();
  }

  /** What isn't released is left for the next one. */
  @Override
  public synchronized void close() {
    try {
      finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
