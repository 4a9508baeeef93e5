package io.cesync.endtoend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a write makes of fields; see {@link Column} for what they are. Immutable.
 *
 * @param values by field; null for none
 * @param whole columns of several elements that are replaced: what they had besides goes
 * @param merged columns whose other elements are written again as they are
 * @param read columns whose values were read before, not made up
 */
record Change(Map<String, String> values, Set<String> whole, Set<String> merged, Set<String> read) {
  static final Change NONE = new Change(Map.of(), Set.of(), Set.of(), Set.of());

  Change {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    whole = Set.copyOf(whole);
    merged = Set.copyOf(merged);
    read = Set.copyOf(read);
  }

  /** Of fields that are no elements. */
  static Change of(Map<String, String> values) {
    return new Change(values, Set.of(), Set.of(), Set.of());
  }

  boolean sets(String field) {
    String column = Column.of(field);
    return values.containsKey(field) || whole.contains(column) || merged.contains(column);
  }

  /** Whether it takes over what is there, whatever that is. */
  boolean takesOver(String field) {
    return merged.contains(Column.of(field)) && !values.containsKey(field);
  }

  /**
   * Whether it surely makes of a field's column what that has never been.
   *
   * @param mark how values end that this write made up
   */
  boolean isNew(String field, String mark) {
    String column = Column.of(field);
    if (read.contains(column)) {
      return false;
    }
    return column.equals(field)
        ? values.get(field) != null
        : values.entrySet().stream()
            .filter(each -> Column.of(each.getKey()).equals(column))
            .anyMatch(each -> each.getValue() != null && each.getValue().endsWith(mark));
  }

  /** Whether a row may be gone after it that has nothing else. */
  boolean mayRemove() {
    return !whole.isEmpty() || values.containsValue(null);
  }

  @Override
  public String toString() {
    return values
        + (whole.isEmpty() ? "" : " whole " + whole)
        + (merged.isEmpty() ? "" : " merged " + merged)
        + (read.isEmpty() ? "" : " read " + read);
  }
}
