package io.cesync.endtoend;

import java.util.OptionalLong;

/**
 * A write of the application to one row or its document, as it went. Times in microseconds since
 * 1970.
 *
 * @param number its place among all of its history, and what its values are made of
 * @param change of {@link Kind#PUT} all that isn't there is none
 * @param given the time that the application gave it
 * @param stale the time of an older document that it took over
 * @param answer whether it took place
 */
record Op(
    int number,
    Kind kind,
    int key,
    Change change,
    OptionalLong given,
    OptionalLong stale,
    long start,
    long end,
    Answer answer) {

  /** What it is. */
  enum Kind {
    /** INSERT, UPDATE, or DELETE of columns. */
    CELLS,
    /** DELETE of a row. */
    ROW_DELETE,
    /** A document as a whole. */
    PUT,
    /** A part of a document. */
    UPDATE,
    DOCUMENT_DELETE,
    /** A document is marked as deleted. */
    MARK;

    boolean ofDocument() {
      return this != CELLS && this != ROW_DELETE;
    }
  }

  /** What the server said. */
  enum Answer {
    DONE,
    /** There was nothing to write to. */
    NOTHING,
    /** It may have taken place. */
    UNKNOWN
  }

  boolean sets(String field) {
    return switch (kind) {
      case CELLS, UPDATE -> change.sets(field);
      case ROW_DELETE, PUT, DOCUMENT_DELETE, MARK -> true;
    };
  }

  String value(String field) {
    return change.values().get(field);
  }

  boolean isRead(String field) {
    return change.read().contains(Column.of(field));
  }

  /** Whether it surely makes of a field's column what that has never been. */
  boolean isNew(String field) {
    return change.isNew(field, mark(number));
  }

  /** How all values end that a write makes up. */
  static String mark(int number) {
    return "-" + number;
  }

  boolean mayHaveTakenPlace() {
    return answer != Answer.NOTHING;
  }

  @Override
  public String toString() {
    return "#%d %s %s%s%s [%d, %d] %s"
        .formatted(
            number,
            kind,
            change,
            given.isPresent() ? " at " + given.getAsLong() : "",
            stale.isPresent() ? " stale " + stale.getAsLong() : "",
            start,
            end,
            answer);
  }
}
