package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.util.Set;

/** How documents are found by the exact value of a key column. */
final class KeyFields {
  /**
   * Their fields ignore some values or take some for the same, so that a keyword beside them has to
   * help.
   */
  private static final Set<DataType> INEXACT =
      Set.of(
          DataTypes.FLOAT, DataTypes.DOUBLE, DataTypes.INET, DataTypes.DATE, DataTypes.TIMESTAMP);

  private KeyFields() {}

  static boolean needsKeyword(DataType type) {
    return INEXACT.contains(type);
  }
}
