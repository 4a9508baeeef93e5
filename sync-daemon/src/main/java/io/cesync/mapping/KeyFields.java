package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.util.Optional;
import java.util.Set;

/** Where documents are found by the exact value of a key column. */
final class KeyFields {
  /** Their own fields are exact. */
  private static final Set<DataType> EXACT =
      Set.of(
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.VARINT,
          DataTypes.DECIMAL,
          DataTypes.BOOLEAN);

  /**
   * Their own fields ignore some values or take some for the same, so that a keyword beside them
   * has to help.
   */
  private static final Set<DataType> INEXACT =
      Set.of(
          DataTypes.FLOAT, DataTypes.DOUBLE, DataTypes.INET, DataTypes.DATE, DataTypes.TIMESTAMP);

  private KeyFields() {}

  static boolean isKeyword(DataType type) {
    return CqlTypes.parts(type).isEmpty() && !EXACT.contains(type) && !INEXACT.contains(type);
  }

  static boolean hasKeywordBeside(DataType type) {
    return INEXACT.contains(type);
  }

  /** The field for an exact term; empty if there is none, as for collections. */
  static Optional<String> exact(ColumnMapping column) {
    if (hasKeywordBeside(column.type())) {
      return Optional.of(column.field() + ".keyword");
    }
    return CqlTypes.parts(column.type()).isEmpty() ? Optional.of(column.field()) : Optional.empty();
  }
}
