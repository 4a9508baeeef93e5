package io.cesync.yaml;

import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The least and greatest values of a key. */
final class Limits {
  private Limits() {}

  /** Whether the value is within them; if not, that is a problem. */
  static boolean hold(
      Scalars scalars, Key key, Object value, Node node, String path, Problems problems) {
    if (key.declared().isEmpty()) {
      return true;
    }
    String min = key.declared().get().min();
    String max = key.declared().get().max();
    if (value instanceof List<?> list) {
      if (min.isEmpty() || list.size() >= Integer.parseInt(min)) {
        return true;
      }
      // An element that was a problem itself is no second one.
      if (!(node instanceof SequenceNode given) || given.getValue().isEmpty()) {
        problems.add(node.getStartMark(), path, "must have at least " + min + " element");
      }
      return false;
    }
    if (key.shape() instanceof Shape.Scalar scalar) {
      ScalarType<?> type = scalars.type(scalar.type());
      if (below(type, value, min) || above(type, value, max)) {
        problems.add(node.getStartMark(), path, "must be " + range(min, max));
        return false;
      }
    }
    return true;
  }

  private static String range(String min, String max) {
    if (min.isEmpty()) {
      return "at most " + max;
    }
    return max.isEmpty() ? "at least " + min : "between " + min + " and " + max;
  }

  private static boolean below(ScalarType<?> type, Object value, String min) {
    return !min.isEmpty() && compare(value, type.parse().apply(min)) < 0;
  }

  private static boolean above(ScalarType<?> type, Object value, String max) {
    return !max.isEmpty() && compare(value, type.parse().apply(max)) > 0;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }
}
