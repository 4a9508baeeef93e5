package io.cesync.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A write of the application to one row or its document, as it went. Times in microseconds since
 * 1970.
 *
 * @param number its place among all of its history, and what its values are made of
 * @param values by field; null for none. Of {@link Kind#PUT} all fields, of {@link Kind#UPDATE} the
 *     changed ones
 * @param copied the fields whose values were read before, not made up
 * @param given the time that the application gave it
 * @param stale the time of an older document that it took over
 * @param answer whether it took place
 */
record Op(
    int number,
    Kind kind,
    int key,
    Map<String, String> values,
    Set<String> copied,
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
    DOCUMENT_DELETE;

    boolean ofDocument() {
      return this == PUT || this == UPDATE || this == DOCUMENT_DELETE;
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

  Op {
    values = new LinkedHashMap<>(values);
  }

  boolean sets(String field) {
    return switch (kind) {
      case CELLS, UPDATE -> values.containsKey(field);
      case ROW_DELETE, PUT, DOCUMENT_DELETE -> true;
    };
  }

  @Override
  public String toString() {
    return "#%d %s %s%s%s%s [%d, %d] %s"
        .formatted(
            number,
            kind,
            values,
            copied.isEmpty() ? "" : " copied " + copied,
            given.isPresent() ? " at " + given.getAsLong() : "",
            stale.isPresent() ? " stale " + stale.getAsLong() : "",
            start,
            end,
            answer);
  }
}
