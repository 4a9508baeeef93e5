package io.cesync.demo;

import java.util.List;

/** Counters. */
record Visits(int keys) implements TableWrites {
  @Override
  public String name() {
    return "visits";
  }

  @Override
  public String about() {
    return "counters";
  }

  @Override
  public List<String> schema(String keyspace) {
    return List.of(
        """
        CREATE TABLE %s.visits (
          page text, hour int,
          views counter, clicks counter,
          PRIMARY KEY (page, hour))"""
            .formatted(keyspace));
  }

  @Override
  public boolean isCounter() {
    return true;
  }

  @Override
  public String write(String table, Choice choice, Using using) {
    String page = "page = '/%d'".formatted(choice.below(Math.max(1, keys / 24)));
    String row = "%s AND hour = %d".formatted(page, choice.below(24));
    return switch (choice.weighted(93, 5, 1, 1)) {
      case 0 ->
          "UPDATE %s SET %s WHERE %s"
              .formatted(
                  table,
                  choice.of(
                      "views = views + 1",
                      "clicks = clicks + %d".formatted(1 + choice.below(5)),
                      "views = views - 1, clicks = clicks + 1"),
                  row);
      case 1 -> "DELETE FROM %s WHERE %s".formatted(table, row);
      case 2 -> "DELETE FROM %s WHERE %s AND hour > %d".formatted(table, page, choice.below(24));
      default -> "DELETE FROM %s WHERE %s".formatted(table, page);
    };
  }

  /** Cassandra has no conditional counters. */
  @Override
  public String conditional(String table, Choice choice, Using using) {
    return write(table, choice, using);
  }
}
