package io.cesync.settings;

/** Which way the changes of a table go. */
public enum Direction {
  CASSANDRA_TO_ELASTICSEARCH;

  @Override
  public String toString() {
    return Names.snakeCase(this).replace('_', '-');
  }
}
