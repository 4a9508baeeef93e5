package io.cesync.endtoend;

import java.util.HashMap;
import java.util.Map;

/**
 * A row with its write times, in microseconds.
 *
 * @param present whether there is a row
 * @param byField those that aren't null
 */
record Cells(boolean present, Map<String, Cell> byField) {
  static final Cells NONE = new Cells(false, Map.of());
  private static final Cell EMPTY = new Cell(null, Times.NEVER);

  /** A value and its write time; a null has none. */
  record Cell(String value, long time) {
    @Override
    public String toString() {
      return value == null ? "nothing" : value + " at " + time;
    }
  }

  Cell cell(String field) {
    return byField.getOrDefault(field, EMPTY);
  }

  /** Without their times. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    byField.forEach((field, cell) -> values.put(field, cell.value()));
    return values;
  }
}
