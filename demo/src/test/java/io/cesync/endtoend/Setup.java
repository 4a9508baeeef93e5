package io.cesync.endtoend;

import java.util.List;

/**
 * A kind of table for histories.
 *
 * @param bySeqNo whether changes of the index are seen by sequence numbers; if not, every write of
 *     a document has a time, and deletes are marks
 */
record Setup(Shape shape, boolean bySeqNo, String delivery) {
  static Setup plain(String delivery) {
    return new Setup(Shape.PLAIN, true, delivery);
  }

  /** The table's settings. */
  String table() {
    String changes =
        bySeqNo ? "" : ", changes_by: timestamp, deleted_field: " + DocumentWrites.MARK;
    return "direction: both, delivery: " + delivery + changes;
  }

  /** Further settings. Longer than clocks differ, and what is written takes to be found. */
  List<String> settings() {
    return bySeqNo ? List.of() : List.of("late_window: 6s");
  }

  @Override
  public String toString() {
    return "%s, by %s, %s".formatted(shape.name(), bySeqNo ? "number" : "time", delivery);
  }
}
