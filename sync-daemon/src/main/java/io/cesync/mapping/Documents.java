package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads JSON into trees that keep what an {@code ObjectMapper} in its usual settings loses: every
 * digit and trailing zero of a number, and the sign of negative zero. Thread-safe.
 */
public final class Documents {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Documents() {}

  /** Throws IOException if it isn't one JSON value in UTF-8. */
  public static JsonNode read(byte[] utf8) throws IOException {
    try (JsonParser json = parser(utf8)) {
      json.nextToken();
      JsonNode node = read(json);
      if (json.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      return node;
    }
  }

  /**
   * A parser for {@link #read(JsonParser)} and {@link TableMapping#values(JsonParser)}, without
   * limits on lengths.
   */
  public static JsonParser parser(byte[] utf8) throws IOException {
    return Json.DOCUMENTS.createParser(utf8);
  }

  /** Reads the value at the parser's current token, up to its last token. */
  public static JsonNode read(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == null) {
      throw new IOException("no JSON value");
    }
    return switch (token) {
      case START_OBJECT -> readObject(json);
      case START_ARRAY -> readArray(json);
      case VALUE_STRING -> NODES.textNode(json.getText());
      case VALUE_NUMBER_INT -> integer(json);
      case VALUE_NUMBER_FLOAT -> number(json);
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IOException("not a JSON value: " + token);
    };
  }

  private static ObjectNode readObject(JsonParser json) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.set(name, read(json));
    }
    return object;
  }

  private static ArrayNode readArray(JsonParser json) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(json));
    }
    return array;
  }

  private static JsonNode integer(JsonParser json) throws IOException {
    return switch (json.getNumberType()) {
      case INT -> NODES.numberNode(json.getIntValue());
      case LONG -> NODES.numberNode(json.getLongValue());
      default -> NODES.numberNode(json.getBigIntegerValue());
    };
  }

  private static JsonNode number(JsonParser json) throws IOException {
    String text = json.getText();
    try {
      BigDecimal number = new BigDecimal(text);
      boolean negativeZero = number.signum() == 0 && text.startsWith("-");
      return negativeZero ? DoubleNode.valueOf(-0.0) : DecimalNode.valueOf(number);
    } catch (NumberFormatException e) {
      return NODES.textNode(text); // JSON allows exponents of any size
    }
  }
}
