package io.cesync.benchmarks.limit;

/** What has to be read of a row, by whatever way: the columns, and their write times. */
final class Columns {
  private static final String SELECT =
      "SELECT id, category, description, name, price, revision, writetime(category),"
          + " writetime(description), writetime(name), writetime(price), writetime(revision)"
          + " FROM bench.";

  private Columns() {}

  static String select(String table, String where) {
    return SELECT + table + " WHERE " + where;
  }
}
