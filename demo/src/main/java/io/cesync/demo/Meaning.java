package io.cesync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * Compares JSON by what it means: an application may write a null where cesync leaves the field
 * out, and 7 for 7.0.
 */
final class Meaning {
  private Meaning() {}

  /** Either may be null, like a JSON null. */
  static boolean isSame(JsonNode one, JsonNode other) {
    if (isNothing(one) || isNothing(other)) {
      return isNothing(one) && isNothing(other);
    } else if (one.isNumber() && other.isNumber()) {
      return one.equals(other) || one.decimalValue().compareTo(other.decimalValue()) == 0;
    } else if (one.isObject() && other.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      return names.stream().allMatch(name -> isSame(one.get(name), other.get(name)));
    } else if (one.isArray() && other.isArray()) {
      return one.size() == other.size() && areSame(one.elements(), other.elements());
    }
    return one.equals(other);
  }

  private static boolean areSame(Iterator<JsonNode> one, Iterator<JsonNode> other) {
    while (one.hasNext()) {
      if (!isSame(one.next(), other.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNothing(JsonNode node) {
    return node == null || node.isNull();
  }
}
