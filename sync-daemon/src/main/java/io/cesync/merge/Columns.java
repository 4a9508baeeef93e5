package io.cesync.merge;

import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import io.cesync.mapping.CanonicalForm;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.row.RowValues;
import it.unimi.dsi.fastutil.HashCommon;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A table's synced columns and how their values compare. Immutable. */
final class Columns {

  /** Counts as the digest of null: any number will do. */
  private static final long NULL = 0x9e3779b97f4a7c15L;

  private final List<Column> all;
  private final List<Column> values;
  private final boolean hasCounters;

  Columns(List<ColumnMapping> columns) {
    all = columns.stream().map(c -> new Column(c.column(), c, CanonicalForm.of(c.type()))).toList();
    values = all.stream().filter(c -> !c.mapping.isKey()).toList();
    hasCounters = values.stream().anyMatch(Column::isCounter);
  }

  /** One column. */
  record Column(String name, ColumnMapping mapping, CanonicalForm form) {

    boolean isCounter() {
      return mapping.type().equals(DataTypes.COUNTER);
    }

    boolean isList() {
      return mapping.isMultiCell() && mapping.type() instanceof ListType;
    }

    boolean isRegular() {
      return mapping.role() == Role.REGULAR;
    }

    /** Whether two values, null or not, mean the same. */
    boolean isSame(ByteBuffer one, ByteBuffer other) {
      return Objects.equals(one, other)
          || (one != null && other != null && form.of(one).equals(form.of(other)));
    }

    /** The digest of a value; null of null. */
    Long digest(ByteBuffer value) {
      return value == null ? null : (Long) ColumnDigest.of(form.of(value));
    }
  }

  /** Those that aren't part of the key. */
  List<Column> values() {
    return values;
  }

  boolean hasCounters() {
    return hasCounters;
  }

  Map<String, Long> digests(RowValues row) {
    return digests(row::value);
  }

  Map<String, Long> digests(Map<String, ByteBuffer> document) {
    return digests(document::get);
  }

  private Map<String, Long> digests(Function<String, ByteBuffer> valueOf) {
    Map<String, Long> digests = new HashMap<>();
    for (Column column : values) {
      ByteBuffer value = valueOf.apply(column.name);
      if (value != null) {
        digests.put(column.name, column.digest(value));
      }
    }
    return digests;
  }

  /** One digest of all of a row's or a document's digests. */
  long digest(Map<String, Long> digests) {
    long digest = 0;
    for (Column column : values) {
      digest = HashCommon.murmurHash3(digest ^ digests.getOrDefault(column.name, NULL));
    }
    return digest;
  }

  /** Whether the document says all columns of the key. */
  boolean hasKey(Map<String, ByteBuffer> document) {
    return all.stream().allMatch(c -> !c.mapping.isKey() || document.get(c.name) != null);
  }

  /** Whether the document says in every field what the row says. */
  boolean areSame(RowValues row, Map<String, ByteBuffer> document) {
    for (Column column : all) {
      if (!column.isSame(row.value(column.name), document.get(column.name))) {
        return false;
      }
    }
    return true;
  }
}
