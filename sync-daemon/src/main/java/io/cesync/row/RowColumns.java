package io.cesync.row;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.TableMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is selected of a table, and where each figure stands in a result: the mapped columns first,
 * in their order, then the write times, then (if asked for) the TTLs. Immutable.
 *
 * <p>A collection or UDT that is not frozen has a write time for each element. Cassandra 5 can tell
 * the newest; earlier versions refuse to tell any.
 */
public final class RowColumns {

  private static final int NONE = -1;

  private final TableMapping mapping;
  private final List<String> selected = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final int[] writeTimes;
  private final int[] ttls;

  private RowColumns(TableMapping mapping, boolean maxWriteTime, boolean withTtls) {
    this.mapping = mapping;
    List<ColumnMapping> columns = mapping.columns();
    writeTimes = new int[columns.size()];
    ttls = new int[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      positions.put(columns.get(i).column(), i);
      selected.add(columns.get(i).cql());
    }
    for (int i = 0; i < columns.size(); i++) {
      writeTimes[i] = add(columns.get(i), maxWriteTime ? "maxwritetime" : null, "writetime");
    }
    for (int i = 0; i < columns.size(); i++) {
      ttls[i] = withTtls ? add(columns.get(i), null, "ttl") : NONE;
    }
  }

  /**
   * What to select for a mapping.
   *
   * @param maxWriteTime whether the server can tell the newest write time of a collection
   *     (Cassandra 5)
   * @param withTtls whether to ask for the TTLs of frozen and scalar columns
   */
  public static RowColumns of(TableMapping mapping, boolean maxWriteTime, boolean withTtls) {
    return new RowColumns(mapping, maxWriteTime, withTtls);
  }

  private int add(ColumnMapping column, String ofMultiCell, String ofScalar) {
    if (column.isKey() || column.type().equals(DataTypes.COUNTER)) {
      return NONE;
    }
    String function = column.isMultiCell() ? ofMultiCell : ofScalar;
    if (function == null) {
      return NONE;
    }
    selected.add(function + "(" + column.cql() + ")");
    return selected.size() - 1;
  }

  /** The select clause, without the word. */
  public String selection() {
    return String.join(", ", selected);
  }

  public TableMapping mapping() {
    return mapping;
  }

  int size() {
    return writeTimes.length;
  }

  /** A column's position, or -1 if it is not mapped. */
  int position(String column) {
    return positions.getOrDefault(column, NONE);
  }

  /** Where a mapped column's write time stands, or -1. */
  int writeTime(int column) {
    return writeTimes[column];
  }

  /** Where a mapped column's TTL stands, or -1. */
  int ttl(int column) {
    return ttls[column];
  }

  boolean isMultiCell(int column) {
    return mapping.columns().get(column).isMultiCell();
  }

  boolean isRegular(int column) {
    return !mapping.columns().get(column).isKey();
  }
}
