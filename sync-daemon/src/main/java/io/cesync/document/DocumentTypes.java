package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The types that documents have before Elasticsearch 7, where every write must name one. It is the
 * index's own if that has one: applications have theirs. Learned as indices are looked at.
 * Thread-safe.
 */
final class DocumentTypes {

  /** Of an index that has none yet. */
  static final String USUAL = "doc";

  /** What is in an index's mappings beside its types. */
  private static final String TEMPLATE = "_default_";

  private final Map<String, String> byIndex = new ConcurrentHashMap<>();

  /** The type of an index's documents, by the index's name or an alias of it. */
  String of(String index) {
    return byIndex.getOrDefault(index, USUAL);
  }

  /** The same; empty if the index was never looked at. */
  Optional<String> known(String index) {
    return Optional.ofNullable(byIndex.get(index));
  }

  /**
   * Notes an index's type.
   *
   * @param name the index was asked for by
   * @param mappings by type
   * @return the only type's mapping, empty if there is no type yet
   * @throws IOException if there are several
   */
  JsonNode learn(String name, JsonNode mappings) throws IOException {
    List<String> types =
        mappings.properties().stream()
            .map(Map.Entry::getKey)
            .filter(type -> !type.equals(TEMPLATE))
            .sorted()
            .toList();
    if (types.size() > 1) {
      throw new IOException(
          "%s has documents of several types, %s; it must be one. Use another index"
              .formatted(name, String.join(", ", types)));
    }
    String type = types.isEmpty() ? USUAL : types.get(0);
    byIndex.put(name, type);
    return mappings.path(type);
  }
}
