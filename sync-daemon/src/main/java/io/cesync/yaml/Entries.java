package io.cesync.yaml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a file by its keys.
 *
 * @param path of the mapping itself; empty for the whole file
 */
record Entries(Node node, String path, Map<String, NodeTuple> byKey, Problems problems) {

  /** Reports what isn't a mapping (then it is empty), keys that aren't text, and duplicates. */
  static Optional<Entries> of(Node node, String path, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node.getStartMark(), path, "must be a mapping of keys to values");
      return Optional.empty();
    }
    Entries entries = new Entries(node, path, new LinkedHashMap<>(), problems);
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.add(key.getStartMark(), path, "a key must be plain text");
      } else if (entries.byKey.putIfAbsent(scalar.getValue(), tuple) != null) {
        problems.add(key.getStartMark(), entries.path(tuple), "stands here twice; remove one");
      }
    }
    return Optional.of(entries);
  }

  /** A mapping without keys, at the place of another node. */
  static Node none(Node place) {
    return new MappingNode(
        Tag.MAP,
        false,
        List.of(),
        place.getStartMark(),
        place.getEndMark(),
        DumperOptions.FlowStyle.BLOCK);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  String path(NodeTuple entry) {
    return path(((ScalarNode) entry.getKeyNode()).getValue());
  }

  /**
   * Reports at the value of a key if the file has it, else at the mapping. An empty key means the
   * mapping.
   */
  void problem(String key, String message) {
    NodeTuple entry = byKey.get(key);
    Node at = entry == null ? node : entry.getValueNode();
    problems.add(at.getStartMark(), key.isEmpty() ? path : path(key), message);
  }

  void reportUnknown(Collection<String> known, Places places) {
    byKey.forEach(
        (name, tuple) -> {
          if (!known.contains(name)) {
            String advice =
                Suggestions.nearest(name, known)
                    .or(() -> places.of(name))
                    .map(near -> "did you mean " + near + "?")
                    .orElseGet(() -> "known here: " + String.join(", ", known));
            problems.add(tuple.getKeyNode().getStartMark(), path(name), "unknown; " + advice);
          }
        });
  }
}
