package io.cesync.settings;

/** How changes of an index are seen. */
public enum ChangesBy {
  /** By the sequence numbers of writes: all of them, deletes too. */
  SEQ_NO,
  /** By a field that the application writes; no deletes. */
  TIMESTAMP;

  @Override
  public String toString() {
    return Names.snakeCase(this);
  }
}
