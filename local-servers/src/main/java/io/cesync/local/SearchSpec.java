package io.cesync.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An Elasticsearch or OpenSearch node to start. Immutable: each method that sets something returns
 * a changed copy.
 *
 * @param product which of the two
 * @param version Elasticsearch 7.17, 8.x or 9.x; OpenSearch 2.x or 3.x
 * @param heapMiB heap of the node
 * @param settings added to the node's settings file, replacing the default of that name
 * @param httpPort the HTTP port, or empty for any free one
 */
public record SearchSpec(
    SearchProduct product,
    String version,
    int heapMiB,
    Map<String, Object> settings,
    OptionalInt httpPort) {
  static final SearchSpec DEFAULT =
      new SearchSpec(SearchProduct.ELASTICSEARCH, "8.19.20", 512, Map.of(), OptionalInt.empty());

  public SearchSpec {
    settings = Map.copyOf(settings);
  }

  /** Another version of the same product. */
  public SearchSpec version(String version) {
    return new SearchSpec(product, version, heapMiB, settings, httpPort);
  }

  /** OpenSearch instead of Elasticsearch. */
  public SearchSpec opensearch(String version) {
    return new SearchSpec(SearchProduct.OPENSEARCH, version, heapMiB, settings, httpPort);
  }

  public SearchSpec heapMiB(int heapMiB) {
    return new SearchSpec(product, version, heapMiB, settings, httpPort);
  }

  public SearchSpec setting(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(settings);
    changed.put(key, value);
    return new SearchSpec(product, version, heapMiB, changed, httpPort);
  }

  public SearchSpec httpPort(int port) {
    return new SearchSpec(product, version, heapMiB, settings, OptionalInt.of(port));
  }

  String heapOptions() {
    return "-Xms%1$dm -Xmx%1$dm -XX:TieredStopAtLevel=1".formatted(heapMiB);
  }

  /**
   * Starts the node and waits until it can be used. The first start of a version fetches it, which
   * can take minutes.
   *
   * @throws ServerStartException if it doesn't come up; the message names the log, which is kept
   */
  public SearchServer start() {
    return LocalSearch.start(this);
  }
}
