package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a history's table, besides key {@code k}.
 *
 * @param name for people
 */
record Shape(String name, List<Column> columns) {
  static final Shape PLAIN = new Shape("plain", List.of(text("a"), text("b"), text("c")));

  /** With some that have several cells each. */
  static final Shape COLLECTIONS =
      new Shape(
          "collections",
          List.of(
              text("a"),
              new Column("s", Column.Type.SET),
              new Column("l", Column.Type.LIST),
              new Column("m", Column.Type.MAP),
              new Column("u", Column.Type.PAIR)));

  private static Column text(String name) {
    return new Column(name, Column.Type.TEXT);
  }

  /** CQL that creates the table, after its types. */
  List<String> schema(String keyspace, String table) {
    return List.of(
        "CREATE TYPE %s.%s (f text, g text)".formatted(keyspace, Column.PAIR),
        "CREATE TABLE %s (k int PRIMARY KEY, %s)"
            .formatted(
                table, columns.stream().map(Column::definition).collect(Collectors.joining(", "))));
  }

  String query(String table) {
    return "SELECT k, %s FROM %s"
        .formatted(
            columns.stream().map(Column::selection).collect(Collectors.joining(", ")), table);
  }

  Cells read(Row row) {
    Map<String, Cells.Cell> cells = new HashMap<>();
    columns.forEach(column -> cells.putAll(column.read(row)));
    return new Cells(true, cells);
  }

  Map<String, String> read(JsonNode document) {
    Map<String, String> values = new HashMap<>();
    columns.forEach(column -> values.putAll(column.read(document)));
    return values;
  }
}
