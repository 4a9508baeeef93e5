package io.cesync.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.mapping.TableMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prepared statements that write a table's rows, one for each set of columns, so that no value is
 * ever left unset or made null unasked. The latest used ones are kept. Thread-safe.
 */
final class WriteStatements {

  /** Applications write few different sets of columns. */
  private static final int MOST = 128;

  private record Shape(List<String> columns, boolean insert) {}

  private final CqlSession session;
  private final String table;
  private final List<String> partition;
  private final List<String> key;
  private final Map<Shape, CompletionStage<PreparedStatement>> prepared =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Shape, CompletionStage<PreparedStatement>> eldest) {
          return size() > MOST;
        }
      };

  WriteStatements(CqlSession session, TableMapping mapping) {
    this.session = session;
    this.table =
        CqlIdentifier.fromInternal(mapping.keyspace()).asCql(true)
            + "."
            + CqlIdentifier.fromInternal(mapping.table()).asCql(true);
    List<ColumnMapping> keys = mapping.columns().stream().filter(ColumnMapping::isKey).toList();
    this.key = keys.stream().map(ColumnMapping::cql).toList();
    this.partition =
        keys.stream().filter(c -> c.role() == Role.PARTITION_KEY).map(ColumnMapping::cql).toList();
  }

  /** Binds the timestamp, the columns' values, then the key's, or the partition key's only. */
  CompletionStage<PreparedStatement> update(List<ColumnMapping> columns, boolean ofPartition) {
    List<String> names = names(columns);
    return prepared(
        new Shape(names, false),
        () ->
            "UPDATE "
                + table
                + " USING TIMESTAMP ? SET "
                + names.stream().map(name -> name + " = ?").collect(Collectors.joining(", "))
                + where(ofPartition ? partition : key));
  }

  /** Binds the columns' values, the key's, then the timestamp. */
  CompletionStage<PreparedStatement> insert(List<ColumnMapping> columns) {
    List<String> names = names(columns);
    return prepared(
        new Shape(names, true),
        () -> {
          List<String> all = Stream.concat(names.stream(), key.stream()).toList();
          return "INSERT INTO "
              + table
              + all.stream().collect(Collectors.joining(", ", " (", ")"))
              + all.stream().map(name -> "?").collect(Collectors.joining(", ", " VALUES (", ")"))
              + " USING TIMESTAMP ?";
        });
  }

  /** Binds the timestamp, then the key's values. */
  CompletionStage<PreparedStatement> delete() {
    return prepared(
        new Shape(List.of(), false),
        () -> "DELETE FROM " + table + " USING TIMESTAMP ?" + where(key));
  }

  private static List<String> names(List<ColumnMapping> columns) {
    return columns.stream().map(ColumnMapping::cql).toList();
  }

  private static String where(List<String> columns) {
    return columns.stream()
        .map(c -> c + " = ?")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  private synchronized CompletionStage<PreparedStatement> prepared(
      Shape shape, Supplier<String> cql) {
    CompletionStage<PreparedStatement> known = prepared.get(shape);
    if (known == null || known.toCompletableFuture().isCompletedExceptionally()) {
      known = prepare(cql.get());
      prepared.put(shape, known);
    }
    return known;
  }

  private CompletionStage<PreparedStatement> prepare(String cql) {
    try {
      return session.prepareAsync(cql);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
