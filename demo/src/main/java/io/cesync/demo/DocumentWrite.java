package io.cesync.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application writes to a document.
 *
 * @param id of the document
 * @param key the fields that are its row's key
 * @param fields others, not all of them
 */
record DocumentWrite(String id, ObjectNode key, ObjectNode fields) {

  /** With the key's fields in their order. */
  static DocumentWrite of(ObjectNode key, ObjectNode fields) {
    List<String> names = new ArrayList<>();
    key.fieldNames().forEachRemaining(names::add);
    if (names.size() == 1) {
      return new DocumentWrite(key.path(names.get(0)).asText(), key, fields);
    }
    ArrayNode id = JsonNodeFactory.instance.arrayNode();
    names.forEach(name -> id.add(key.get(name)));
    return new DocumentWrite(id.toString(), key, fields);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The whole document. */
  ObjectNode document() {
    return key.deepCopy().setAll(fields);
  }
}
