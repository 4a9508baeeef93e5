package io.cesync.yaml;

/** What can only be checked on a whole record; called for each one that could be bound. */
@FunctionalInterface
public interface Check<R extends Record> {
  void check(R value, Reporter reporter);

  /** Takes problems of the record's keys. */
  @FunctionalInterface
  interface Reporter {
    /** Reports at the key if the file has it, else at the record. An empty key means the record. */
    void problem(String key, String message);
  }
}
