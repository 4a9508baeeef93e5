package io.cesync.intents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cesync.state.StateException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A write-ahead log of {@link Intent}s, in files that go once all of theirs are released. What was
 * appended survives the end of the process, and the loss of the machine's power if it was {@link
 * #force}d before; that an intent was released may be forgotten by either, for a few, unless it was
 * {@link #mark}ed. Thread-safe; for one process at a time, which holds the lock of the state.
 *
 * <p>A line is {@code + number intent}; once the document is known to be written, {@code = number
 * seqNo primaryTerm}; and once it is released, {@code - number}.
 */
public final class IntentLog implements AutoCloseable {

  static final String NOTED = "+ ";
  static final String WRITTEN = "= ";
  static final String SETTLED = "- ";
  static final String TORN = "?";
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /** Lines are all that separates its values. */
  private static final ObjectWriter WRITER =
      MAPPER
          .writerFor(Intent.class)
          .withRootValueSeparator("")
          .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

  private final Path directory;
  private final long segmentBytes;
  private final Map<String, List<Left>> left = new HashMap<>();
  private final List<Segment> segments = new ArrayList<>();
  private long files;
  private long numbers;
  private Segment current;
  private boolean closed;

  /** An intent that isn't settled; to be released once it is. */
  public static final class Open {
    private final Segment segment;
    private final long number;

    Open(Segment segment, long number) {
      this.segment = segment;
      this.number = number;
    }
  }

  /**
   * The document that was to be written is.
   *
   * @param seqNo the write's
   * @param primaryTerm the same
   */
  public record Written(Open open, long seqNo, long primaryTerm) {}

  /**
   * An intent of a process that ended before it was released.
   *
   * @param isWritten whether the document was surely written: the intent's entry has its place then
   */
  public record Left(Intent intent, boolean isWritten, Open open) {}

  private IntentLog(Path directory, long segmentBytes) {
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /** Where those are that belong to a state file. */
  public static Path beside(Path stateFile) {
    return stateFile.resolveSibling(stateFile.getFileName() + ".intents");
  }

  /** Removes all of a log that nobody has open, if there is one. */
  public static void delete(Path directory) throws IOException {
    for (LeftFile file : LeftFile.all(directory)) {
      Files.deleteIfExists(file.path());
    }
    Files.deleteIfExists(directory);
  }

  /**
   * Has what is left in one log be left in another. Nobody may have either open. Can be repeated if
   * it fails.
   */
  public static void move(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(to);
    long number = LeftFile.all(to).stream().mapToLong(LeftFile::number).max().orElse(0);
    for (LeftFile file : LeftFile.all(from)) {
      Files.move(file.path(), to.resolve(++number + LeftFile.SUFFIX));
    }
    Files.delete(from);
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
      for (LeftFile file : LeftFile.all(directory)) {
        log.add(file);
      }
    } catch (IOException e) {
      throw new StateException(
          directory + " can't be read (" + e + "). Give cesync the right to read and write it.", e);
    }
    return log;
  }

  private void add(LeftFile file) throws IOException {
    files = file.number();
    Segment segment = Segment.left(file.path(), file.open().size());
    segments.add(segment);
    file.open()
        .forEach(
            (number, noted) -> {
              numbers = Math.max(numbers, number);
              left.computeIfAbsent(noted.intent().table(), table -> new ArrayList<>())
                  .add(new Left(noted.intent(), noted.isWritten(), new Open(segment, number)));
            });
  }

  /** Takes those that a former process left for a table, oldest first. */
  public synchronized List<Left> take(String table) {
    List<Left> taken = left.remove(table);
    return taken == null ? List.of() : taken;
  }

  /** Forgets what nobody took: its tables are followed no more. */
  public synchronized void dropRest() {
    left.values().forEach(all -> all.forEach(each -> release(each.open)));
    left.clear();
  }

  /**
   * Notes intents, before their requests are sent.
   *
   * @return for each of them
   * @throws StateException if they can't be written: nothing may be sent then
   */
  public synchronized List<Open> append(List<Intent> intents) {
    if (closed) {
      throw new IllegalStateException("the log is closed");
    }
    try {
      for (Segment segment : segments) {
        segment.mark();
      }
      if (current == null || current.written() > segmentBytes) {
        roll();
      }
      List<Open> opened = new ArrayList<>(intents.size());
      StringWriter lines = new StringWriter(intents.size() * 256);
      try (JsonGenerator json = WRITER.createGenerator(lines)) {
        for (Intent intent : intents) {
          opened.add(new Open(current, ++numbers));
          json.writeRaw(NOTED + numbers + ' ');
          WRITER.writeValue(json, intent);
          json.writeRaw('\n');
        }
      }
      current.append(lines.toString(), intents.size());
      return opened;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Notes what became of intents.
   *
   * @throws StateException if it can't be written
   */
  public synchronized void written(List<Written> all) {
    if (closed) {
      return;
    }
    Map<Segment, StringBuilder> lines = new HashMap<>(4);
    for (Written each : all) {
      lines
          .computeIfAbsent(each.open.segment, segment -> new StringBuilder(all.size() * 32))
          .append(WRITTEN)
          .append(each.open.number)
          .append(' ')
          .append(each.seqNo)
          .append(' ')
          .append(each.primaryTerm)
          .append('\n');
    }
    try {
      for (Map.Entry<Segment, StringBuilder> each : lines.entrySet()) {
        each.getKey().append(each.getValue().toString(), 0);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void roll() throws IOException {
    if (current != null) {
      current.finish();
    }
    segments.removeIf(Segment::isGone);
    Files.createDirectories(directory);
    current = Segment.create(directory.resolve(++files + LeftFile.SUFFIX));
    segments.add(current);
  }

  private StateException failure(IOException cause) {
    return new StateException(
        "%s can't be written (%s). Make sure that it is writable and has room."
            .formatted(directory, cause),
        cause);
  }

  /**
   * What became of an intent is in the ledger, or will never be.
   *
   * @throws StateException if that can't be written
   */
  public synchronized void release(Open open) {
    if (closed) {
      return;
    }
    try {
      open.segment.release(open.number);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Has it known, even should the process end, what was released.
   *
   * @throws StateException if that can't be written
   */
  public synchronized void mark() {
    try {
      for (Segment segment : segments) {
        segment.mark();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Has all that was noted be there even should the machine lose its power.
   *
   * @throws StateException if that fails
   */
  public void force() {
    try {
      for (Segment segment : open()) {
        segment.force();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private synchronized List<Segment> open() {
    return segments.stream().filter(Segment::needsForce).toList();
  }

  /** What isn't released is left for the next one. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      for (Segment segment : segments) {
        segment.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
