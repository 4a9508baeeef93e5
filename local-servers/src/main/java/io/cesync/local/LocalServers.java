package io.cesync.local;

/** Where everything starts: what to run, then {@code start()}. */
public final class LocalServers {
  private LocalServers() {}

  /** One Cassandra 5.0.9 node, to be changed as needed. */
  public static CassandraSpec cassandra() {
    return CassandraSpec.DEFAULT;
  }

  /** One Elasticsearch 8.19.20 node, to be changed as needed. */
  public static SearchSpec elasticsearch() {
    return SearchSpec.DEFAULT;
  }
}
