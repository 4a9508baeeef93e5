package io.cesync.settings;

/** Which way the changes of a table go. */
public enum Direction {
  CASSANDRA_TO_ELASTICSEARCH,
  ELASTICSEARCH_TO_CASSANDRA,
  /** In settings: both of these. */
  BOTH;

  @Override
  public String toString() {
    return Names.snakeCase(this).replace('_', '-');
  }
}
