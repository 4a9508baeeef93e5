package io.cesync.changelog;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  private static final Map<String, Operation> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Operation::logName, o -> o));

  /**
   * The operation with this name in the log.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Operation ofLogName(String name) {
    Operation operation = name == null ? null : BY_NAME.get(name);
    if (operation == null) {
      throw new IllegalArgumentException("no operation is called " + name);
    }
    return operation;
  }

  /** As written in the log, for example {@code delete-range}. */
  public String logName() {
    return name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
