package io.cesync.intents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the log. It goes when none of its intents is open any more and no more are written to
 * it. Guarded by its {@link IntentLog}.
 */
public final class Segment {
  private final Path file;
  private int open;
  private boolean current;

  Segment(Path file, boolean current) {
    this.file = file;
    this.current = current;
  }

  Path file() {
    return file;
  }

  void add(int intents) {
    open += intents;
  }

  void release() {
    open--;
    clean();
  }

  /** Nothing is written to it any more. */
  void finish() {
    current = false;
    clean();
  }

  private void clean() {
    if (open > 0 || current) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
