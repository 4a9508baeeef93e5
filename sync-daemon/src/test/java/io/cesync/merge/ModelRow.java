package io.cesync.merge;

import io.cesync.row.RowValues;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One row as Cassandra merges it, cell by cell: key column {@code k}, columns {@code a} and {@code
 * b}, a static column {@code s}, and {@code m}, a set that isn't frozen.
 */
final class ModelRow {

  private static final long NEVER = Long.MIN_VALUE;

  /** The key column's value. */
  static final ByteBuffer KEY = Values.of(7);

  private record Cell(ByteBuffer value, long time) {}

  private final Map<String, Cell> cells = new HashMap<>();
  private final Map<Integer, Cell> elements = new TreeMap<>();
  private long elementsDeleted = NEVER;
  private long marker = NEVER;
  private long deleted = NEVER;
  int writes;

  void write(Map<String, ByteBuffer> values, long time, boolean insert) {
    writes++;
    if (insert) {
      marker = Math.max(marker, time);
    }
    values.forEach(
        (column, value) -> {
          if (column.equals("m")) {
            elementsDeleted = Math.max(elementsDeleted, value == null ? time : time - 1);
            Values.elements(value).forEach(element -> element(element, true, time));
          } else {
            cells.merge(column, new Cell(value, time), ModelRow::newer);
          }
        });
  }

  /** Adds or removes one element of {@code m}. */
  void element(int element, boolean add, long time) {
    elements.merge(element, new Cell(add ? Values.of(element) : null, time), ModelRow::newer);
  }

  private static Cell newer(Cell one, Cell other) {
    if (one.time != other.time) {
      return one.time > other.time ? one : other;
    } else if (one.value == null || other.value == null) {
      return one.value == null ? one : other;
    }
    return one.value.compareTo(other.value) >= 0 ? one : other;
  }

  void delete(long time) {
    writes++;
    deleted = Math.max(deleted, time);
  }

  /** What a read shows now. */
  RowValues read() {
    Map<String, ByteBuffer> values = new HashMap<>();
    Map<String, Long> times = new HashMap<>();
    cells.forEach(
        (column, cell) -> {
          if (cell.value != null && (column.equals("s") || cell.time > deleted)) {
            values.put(column, cell.value);
            times.put(column, cell.time);
          }
        });
    TreeSet<Integer> set = new TreeSet<>();
    elements.forEach(
        (element, cell) -> {
          if (cell.value != null && cell.time > Math.max(deleted, elementsDeleted)) {
            set.add(element);
            times.merge("m", cell.time, Math::max);
          }
        });
    if (!set.isEmpty()) {
      values.put("m", Values.set(set));
    }
    boolean present = marker > deleted || values.keySet().stream().anyMatch(c -> !c.equals("s"));
    if (present) {
      values.put("k", KEY);
    }
    return new Read(present, present ? values : Map.of(), present ? times : Map.of());
  }

  record Read(boolean present, Map<String, ByteBuffer> values, Map<String, Long> times)
      implements RowValues {

    @Override
    public ByteBuffer value(String column) {
      return values.get(column);
    }

    @Override
    public long newestWriteTime() {
      return times.values().stream().mapToLong(t -> t).max().orElse(UNKNOWN);
    }

    @Override
    public boolean shows(String column) {
      return true;
    }

    @Override
    public boolean isNull(String column) {
      return values.get(column) == null;
    }

    @Override
    public boolean hasElements(String column) {
      return column.equals("m");
    }

    @Override
    public long writeTime(String column) {
      return Objects.requireNonNullElse(times.get(column), UNKNOWN);
    }

    @Override
    public long oldestWriteTime() {
      throw new UnsupportedOperationException("not for merging");
    }
  }
}
