package io.cesync.mapping;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;

/**
 * One synced column. Immutable.
 *
 * @param column its name in the schema, unquoted
 * @param field the document's field
 */
public record ColumnMapping(String column, String field, DataType type, Role role) {
  /** What a column is in its table. */
  public enum Role {
    PARTITION_KEY,
    CLUSTERING,
    STATIC,
    REGULAR
  }

  public boolean isKey() {
    return role == Role.PARTITION_KEY || role == Role.CLUSTERING;
  }

  /**
   * Whether it is a non-frozen collection or user-defined type: several cells, each with its own
   * write time.
   */
  public boolean isMultiCell() {
    return (type instanceof ListType list && !list.isFrozen())
        || (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen())
        || (type instanceof UserDefinedType udt && !udt.isFrozen());
  }

  /** The name for a CQL statement, quoted where it must be. */
  public String cql() {
    return CqlIdentifier.fromInternal(column).asCql(true);
  }
}
