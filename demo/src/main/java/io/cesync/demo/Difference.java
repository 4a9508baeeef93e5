package io.cesync.demo;

/**
 * What the sides disagree on.
 *
 * @param id of the document, which tells the row's key
 * @param row what Cassandra has, as JSON, or that there is no row
 * @param document the same of Elasticsearch
 */
public record Difference(String table, String id, String row, String document) {
  static final String NONE = "(none)";

  @Override
  public String toString() {
    return "%s %s%n  Cassandra:     %s%n  Elasticsearch: %s".formatted(table, id, row, document);
  }
}
