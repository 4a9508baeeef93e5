package io.cesync.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.mapping.TableMapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of the statements that read a table's rows. */
final class RowQueries {

  private final String select;
  private final List<String> partition;
  private final List<String> clustering;

  RowQueries(RowColumns columns) {
    TableMapping mapping = columns.mapping();
    partition = names(mapping, Role.PARTITION_KEY);
    clustering = names(mapping, Role.CLUSTERING);
    select =
        "SELECT "
            + columns.selection()
            + " FROM "
            + CqlIdentifier.fromInternal(mapping.keyspace()).asCql(true)
            + "."
            + CqlIdentifier.fromInternal(mapping.table()).asCql(true);
  }

  private static List<String> names(TableMapping mapping, Role role) {
    return mapping.columns().stream()
        .filter(column -> column.role() == role)
        .map(ColumnMapping::cql)
        .toList();
  }

  int partitionColumns() {
    return partition.size();
  }

  int keyColumns() {
    return partition.size() + clustering.size();
  }

  /** One row by its full key. */
  String single() {
    return select
        + " WHERE "
        + equal(partition)
        + (clustering.isEmpty() ? "" : " AND " + equal(clustering));
  }

  /** All rows of one partition. */
  String partition() {
    return select + " WHERE " + equal(partition);
  }

  /** All rows of a range of tokens: the start is exclusive, the end inclusive. */
  String tokenRange() {
    String token = partition.stream().collect(Collectors.joining(", ", "token(", ")"));
    return select + " WHERE " + token + " > ? AND " + token + " <= ?";
  }

  /** Several partitions of one row each. CQL can't list several composite keys. */
  Optional<String> partitions() {
    return partition.size() == 1 && clustering.isEmpty()
        ? Optional.of(select + " WHERE " + partition.get(0) + " IN ?")
        : Optional.empty();
  }

  /** Several rows of one partition. */
  Optional<String> rows() {
    if (clustering.isEmpty()) {
      return Optional.empty();
    }
    String tuple = clustering.stream().collect(Collectors.joining(", ", "(", ")"));
    return Optional.of(select + " WHERE " + equal(partition) + " AND " + tuple + " IN ?");
  }

  private static String equal(List<String> columns) {
    return columns.stream().map(c -> c + " = ?").collect(Collectors.joining(" AND "));
  }
}
