package io.cesync.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An Elasticsearch or OpenSearch node to start. Immutable: each method that sets something returns
 * a changed copy.
 *
 * @param product which of the two
 * @param version Elasticsearch 2.4, 7.17, 8.x or 9.x; OpenSearch 2.x or 3.x
 * @param heapMiB heap of the node
 * @param settings added to the node's settings file, replacing the default of that name
 * @param jvmOptions of the server's JVM
 * @param httpPort the HTTP port, or empty for any free one
 */
public record SearchSpec(
    SearchProduct product,
    String version,
    int heapMiB,
    Map<String, Object> settings,
    List<String> jvmOptions,
    OptionalInt httpPort) {
  static final SearchSpec DEFAULT =
      new SearchSpec(
          SearchProduct.ELASTICSEARCH,
          "8.19.20",
          512,
          Map.of(),
          List.of(Jdk.COMPILED_FAST),
          OptionalInt.empty());

  public SearchSpec {
    settings = Map.copyOf(settings);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** Another version of the same product. */
  public SearchSpec version(String version) {
    return new SearchSpec(product, version, heapMiB, settings, jvmOptions, httpPort);
  }

  /** OpenSearch instead of Elasticsearch. */
  public SearchSpec opensearch(String version) {
    return new SearchSpec(
        SearchProduct.OPENSEARCH, version, heapMiB, settings, jvmOptions, httpPort);
  }

  public SearchSpec heapMiB(int heapMiB) {
    return new SearchSpec(product, version, heapMiB, settings, jvmOptions, httpPort);
  }

  public SearchSpec setting(String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(settings);
    changed.put(key, value);
    return new SearchSpec(product, version, heapMiB, changed, jvmOptions, httpPort);
  }

  /** See {@link CassandraSpec#compiledWell()}. */
  public SearchSpec compiledWell() {
    List<String> changed = new ArrayList<>(jvmOptions);
    changed.add(Jdk.COMPILED_WELL);
    return new SearchSpec(product, version, heapMiB, settings, changed, httpPort);
  }

  public SearchSpec httpPort(int port) {
    return new SearchSpec(product, version, heapMiB, settings, jvmOptions, OptionalInt.of(port));
  }

  String javaOptions() {
    return "-Xms%1$dm -Xmx%1$dm %2$s".formatted(heapMiB, String.join(" ", jvmOptions));
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
