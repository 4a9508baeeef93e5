package io.cesync.settings;

/** Which way the changes of a table go. */
public enum Direction {
  CASSANDRA_TO_ELASTICSEARCH,
  ELASTICSEARCH_TO_CASSANDRA,
  /** In settings: both of these. */
  BOTH;

  /** Whether changes of the table go to the index. */
  public boolean followsTable() {
    return this != ELASTICSEARCH_TO_CASSANDRA;
  }

  /** Whether changes of the index go to the table. */
  public boolean followsIndex() {
    return this != CASSANDRA_TO_ELASTICSEARCH;
  }

  @Override
  public String toString() {
    return Names.snakeCase(this).replace('_', '-');
  }
}
