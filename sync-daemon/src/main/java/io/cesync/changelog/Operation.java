package io.cesync.changelog;

import java.util.Locale;

/** What the trigger saw. A hint only: the row decides what is written. */
public enum Operation {
  INSERT,
  UPDATE,
  DELETE,
  DELETE_RANGE,
  DELETE_PARTITION,
  STATIC,
  UPDATE_PARTITION,
  EXPIRE;

  /**
   * The operation with this name in the log.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Operation ofLogName(String name) {
    return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  /** As written in the log, for example {@code delete-range}. */
  public String logName() {
    return name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
