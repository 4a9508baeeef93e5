package io.cesync.local;

/** The two search servers. */
public enum SearchProduct {
  ELASTICSEARCH(
      "org.elasticsearch.distribution.integ-test-zip",
      "elasticsearch",
      "ES",
      "docker.elastic.co/elasticsearch/elasticsearch"),
  OPENSEARCH(
      "org.opensearch.distribution.integ-test-zip",
      "opensearch",
      "OPENSEARCH",
      "opensearchproject/opensearch");

  final String groupId;

  /** Also the name of its program and of its settings file. */
  final String id;

  final String environmentPrefix;

  final String image;

  SearchProduct(String groupId, String id, String environmentPrefix, String image) {
    this.groupId = groupId;
    this.id = id;
    this.environmentPrefix = environmentPrefix;
    this.image = image;
  }
}
