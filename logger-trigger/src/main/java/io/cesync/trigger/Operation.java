package io.cesync.trigger;

/** What kind of write an entry stands for; see the table in {@code cql/001-change-log.cql}. */
enum Operation {
  INSERT("insert"),
  UPDATE("update"),
  DELETE("delete"),
  DELETE_RANGE("delete-range"),
  DELETE_PARTITION("delete-partition"),
  STATIC("static"),
  UPDATE_PARTITION("update-partition"),
  EXPIRE("expire");

  /** As the log stores it. */
  final String text;

  Operation(String text) {
    this.text = text;
  }
}
