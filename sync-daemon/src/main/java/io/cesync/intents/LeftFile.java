package io.cesync.intents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a former process left.
 *
 * @param number of the file
 * @param open what it didn't release, by number
 */
record LeftFile(Path path, long number, Map<Long, Noted> open) {

  /**
   * An intent.
   *
   * @param isWritten whether its document was surely written
   */
  record Noted(Intent intent, boolean isWritten) {}

  static final String SUFFIX = ".log";

  private static final Logger LOG = LoggerFactory.getLogger(LeftFile.class);
  private static final ObjectReader READER = IntentLog.MAPPER.readerFor(Intent.class);

  /** In the order that they were written in. */
  static List<LeftFile> all(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<LeftFile> all = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        if (name.matches("\\d{1,18}\\" + SUFFIX)) {
          all.add(read(path, Long.parseLong(name.substring(0, name.length() - SUFFIX.length()))));
        }
      }
    }
    all.sort(Comparator.comparingLong(LeftFile::number));
    return all;
  }

  private static LeftFile read(Path path, long number) throws IOException {
    Map<Long, Noted> open = new LinkedHashMap<>();
    // A character that was being written, too, when the process ended must not be in the way.
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    // Of a last line without an end a number may be cut off, too.
    text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> read(line, path, open));
    return new LeftFile(path, number, open);
  }

  private static void read(String line, Path path, Map<Long, Noted> open) {
    try {
      if (line.startsWith(IntentLog.SETTLED)) {
        open.remove(Long.parseLong(line.substring(IntentLog.SETTLED.length())));
      } else if (line.startsWith(IntentLog.NOTED)) {
        int end = line.indexOf(' ', IntentLog.NOTED.length());
        long number = Long.parseLong(line.substring(IntentLog.NOTED.length(), Math.max(end, 0)));
        open.put(number, new Noted(READER.readValue(line.substring(end + 1)), false));
      } else if (line.startsWith(IntentLog.WRITTEN)) {
        String[] numbers = line.substring(IntentLog.WRITTEN.length()).split(" ", -1);
        long seqNo = Long.parseLong(numbers[1]);
        long primaryTerm = Long.parseLong(numbers[2]);
        open.computeIfPresent(
            Long.valueOf(numbers[0]),
            (number, noted) -> new Noted(noted.intent.writtenAt(seqNo, primaryTerm), true));
      }
    } catch (NumberFormatException | IndexOutOfBoundsException | JsonProcessingException e) {
      // It was being written when the process ended: its request was not sent yet, or its answer
      // not relied on.
      LOG.debug("{}: a line is passed over: {}", path, line);
    }
  }
}
