package io.cesync.local;

/** The two search servers. */
public enum SearchProduct {
  ELASTICSEARCH("org.elasticsearch.distribution.integ-test-zip", "elasticsearch", "ES"),
  OPENSEARCH("org.opensearch.distribution.integ-test-zip", "opensearch", "OPENSEARCH");

  final String groupId;

  /** Also the name of its program and of its settings file. */
  final String id;

  final String environmentPrefix;

  SearchProduct(String groupId, String id, String environmentPrefix) {
    this.groupId = groupId;
    this.id = id;
    this.environmentPrefix = environmentPrefix;
  }
}
