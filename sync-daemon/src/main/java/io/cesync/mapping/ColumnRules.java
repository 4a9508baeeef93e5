package io.cesync.mapping;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which columns of a table are synced, and as which fields. Names are case-sensitive and unquoted,
 * as the schema stores them. Key columns are always synced. Immutable.
 *
 * @param include the columns to sync; empty for all
 * @param exclude columns not to sync; wins over {@code include}
 * @param renames column to field, for columns whose field has another name
 * @param id the key columns in the order that they have in documents' ids; empty for that of the
 *     key
 * @param constants fields that every document gets, with their texts; where a column's field has
 *     that name, the column stands
 */
public record ColumnRules(
    Set<String> include,
    Set<String> exclude,
    Map<String, String> renames,
    List<String> id,
    Map<String, String> constants) {
  public static final ColumnRules ALL = new ColumnRules(Set.of(), Set.of(), Map.of());

  public ColumnRules {
    include = Set.copyOf(include);
    exclude = Set.copyOf(exclude);
    renames = Map.copyOf(renames);
    id = List.copyOf(id);
    constants = Map.copyOf(constants);
  }

  /** With ids in the order of the key, and no constants. */
  public ColumnRules(Set<String> include, Set<String> exclude, Map<String, String> renames) {
    this(include, exclude, renames, List.of(), Map.of());
  }

  /**
   * The same without what it says of columns that don't exist (any more): for a table whose columns
   * are dropped while it is synced. If nothing of a list of included columns is left, only the key
   * is synced, not everything.
   */
  public ColumnRules restrictedTo(TableMetadata table) {
    Predicate<String> gone =
        column -> table.getColumn(CqlIdentifier.fromInternal(column)).isEmpty();
    Set<String> included = new LinkedHashSet<>(include);
    Set<String> excluded = new LinkedHashSet<>(exclude);
    Map<String, String> renamed = new LinkedHashMap<>(renames);
    included.removeIf(gone);
    excluded.removeIf(gone);
    renamed.keySet().removeIf(gone);
    if (included.isEmpty() && !include.isEmpty()) {
      included.add(table.getPrimaryKey().get(0).getName().asInternal());
    }
    return new ColumnRules(included, excluded, renamed, id, constants);
  }

  boolean selects(String column) {
    return !exclude.contains(column) && (include.isEmpty() || include.contains(column));
  }
}
