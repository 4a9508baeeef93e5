package io.cesync.settings;

import io.cesync.yaml.Declared;

/** The daemon's own log, on standard error. */
public record LogSettings(
    @Declared(
            text = "text for people, json (an object a line) for log collectors.",
            byDefault = "text")
        Format format,
    @Declared(text = "The least that is told.", byDefault = "info") Level level) {

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
