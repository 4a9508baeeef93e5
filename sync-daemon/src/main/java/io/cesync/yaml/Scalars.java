package io.cesync.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Single values, and YAML of no declared shape. */
final class Scalars {
  /** No sensible settings nest deeper; an alias of its own parent would nest forever. */
  private static final int DEEPEST = 20;

  private final ScalarTypes types;
  private final UnaryOperator<String> expand;
  private final Problems problems;

  Scalars(ScalarTypes types, UnaryOperator<String> expand, Problems problems) {
    this.types = types;
    this.expand = expand;
    this.problems = problems;
  }

  ScalarType<?> type(Class<?> type) {
    return types.of(type);
  }

  /** Null if it was a problem. The file's own text counts, so a password of 0123 keeps its zero. */
  Object value(Class<?> type, Node node, String path) {
    ScalarType<?> scalar = types.of(type);
    if (!(node instanceof ScalarNode text)) {
      problems.add(node.getStartMark(), path, "must be one value (" + scalar.name() + ")");
      return null;
    }
    String expanded = expand(text, path);
    if (expanded == null) {
      return null;
    }
    try {
      return scalar.parse().apply(expanded);
    } catch (IllegalArgumentException e) {
      // What stands in the file, never what a variable or file put in its place.
      String got = scalar.secret() ? "" : ", not " + shown(text.getValue());
      problems.add(node.getStartMark(), path, "must be " + e.getMessage() + got);
      return null;
    }
  }

  Object free(Node node, String path, int depth) {
    if (depth > DEEPEST) {
      problems.add(node.getStartMark(), path, "is nested too deeply");
      return null;
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> values = new ArrayList<>();
      for (Node element : sequence.getValue()) {
        values.add(free(element, path, depth + 1));
      }
      return values;
    }
    if (node instanceof MappingNode mapping) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (key.isEmpty() || values.containsKey(key)) {
          problems.add(
              tuple.getKeyNode().getStartMark(), path, "a key must be plain text and stand once");
        }
        values.put(key, free(tuple.getValueNode(), path + "." + key, depth + 1));
      }
      return values;
    }
    return freeScalar((ScalarNode) node, path);
  }

  private Object freeScalar(ScalarNode node, String path) {
    String text = expand(node, path);
    if (text == null || node.getTag().equals(Tag.NULL)) {
      return null;
    }
    if (node.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (node.getTag().equals(Tag.INT) && text.matches("-?[1-9][0-9]{0,17}|0")) {
      return Long.valueOf(text);
    }
    return node.getTag().equals(Tag.FLOAT) && text.matches("-?[0-9]+\\.[0-9]+")
        ? Double.valueOf(text)
        : text;
  }

  private String expand(ScalarNode node, String path) {
    try {
      return expand.apply(node.getValue());
    } catch (IllegalArgumentException e) {
      problems.add(node.getStartMark(), path, e.getMessage());
      return null;
    }
  }

  private static String shown(String text) {
    // A URL may carry a password.
    if (text.contains("@")) {
      return "what stands there";
    }
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }
}
