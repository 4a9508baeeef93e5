package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.nio.file.Path;
import java.time.Duration;

/** The daemon's own log: on standard error in the foreground, in a file in the background. */
public record LogSettings(
    @Declared(
            text = "text for people, json (an object a line) for log collectors.",
            byDefault = "text")
        Format format,
    @Declared(text = "The least that is told.", byDefault = "info") Level level,
    @Declared(
            text = "How often a line a table says what came over, while anything does.",
            byDefault = "1m",
            min = "1s",
            max = "1d")
        Duration summaryInterval,
    @Declared(
            text =
                "Where a daemon in the background (start) writes; a relative path starts at this"
                    + " file's directory.",
            byDefault = "cesync.log")
        Path file,
    @Declared(
            text =
                "The size at which a log file is packed and put aside; each day begins one, too.",
            byDefault = "10MiB",
            min = "1KiB",
            max = "1GiB")
        ByteSize maxSize,
    @Declared(
            text = "How long files that were put aside are kept.",
            byDefault = "14d",
            min = "1d",
            max = "3650d")
        Duration keep,
    @Declared(
            text = "Most bytes of files that were put aside; the oldest go first.",
            byDefault = "100MiB",
            min = "1KiB",
            max = "100GiB")
        ByteSize maxTotal) {

  /** How a log event is printed. */
  public enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return Names.snakeCase(this);
    }
  }

  /** Levels, the least important last. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    @Override
    public String toString() {
      return Names.snakeCase(this);
    }
  }
}
