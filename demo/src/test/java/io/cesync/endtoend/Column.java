package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A column of a history's table, and its field in documents. Each element of a collection counts by
 * itself, as in Cassandra: {@code m.k} is what map {@code m} has at {@code k}, {@code s.e} is
 * {@code e} if set {@code s} has that. Of a list the order is kept as {@code [l]}.
 */
record Column(String name, Type type) {
  /** The type of pairs. */
  static final String PAIR = "pair";

  /** What it holds; but for text all are several cells. */
  enum Type {
    TEXT("text"),
    SET("set<text>"),
    LIST("list<text>"),
    MAP("map<text, text>"),
    PAIR(Column.PAIR);

    private final String cql;

    Type(String cql) {
      this.cql = cql;
    }
  }

  /** Which column a field is of. */
  static String of(String field) {
    int dot = field.indexOf('.');
    return dot < 0 ? field : field.substring(0, dot);
  }

  /** Whether a field stands for an order only. */
  static boolean isOrder(String field) {
    return field.startsWith("[");
  }

  String definition() {
    return name + " " + type.cql;
  }

  boolean isText() {
    return type == Type.TEXT;
  }

  /** Maps and pairs are objects in documents, which partial updates merge. */
  boolean isObject() {
    return type == Type.MAP || type == Type.PAIR;
  }

  /** The field of one element, or of the whole if it is text. */
  String field(String element) {
    return isText() ? name : name + "." + element;
  }

  /** What a row has, with its write times. */
  Map<String, Cells.Cell> read(Row row) {
    Map<String, Cells.Cell> cells = new LinkedHashMap<>();
    if (row.isNull(name)) {
      return cells;
    } else if (isText()) {
      cells.put(name, new Cells.Cell(row.getString(name), row.getLong(written())));
      return cells;
    }
    List<Long> times = row.getList(written(), Long.class);
    switch (type) {
      case SET -> put(cells, row.getSet(name, String.class), times);
      case LIST -> {
        List<String> list = row.getList(name, String.class);
        cells.put(order(), new Cells.Cell(list.toString(), 0));
        put(cells, list, times);
      }
      case MAP -> {
        Map<String, String> map = row.getMap(name, String.class, String.class);
        List<String> keys = List.copyOf(map.keySet());
        for (int i = 0; i < keys.size(); i++) {
          cells.put(field(keys.get(i)), new Cells.Cell(map.get(keys.get(i)), times.get(i)));
        }
      }
      default -> {
        UdtValue pair = row.getUdtValue(name);
        for (int i = 0; i < pair.size(); i++) {
          if (!pair.isNull(i)) {
            String field = field(pair.getType().getFieldNames().get(i).asInternal());
            cells.put(field, new Cells.Cell(pair.getString(i), times.get(i)));
          }
        }
      }
    }
    return cells;
  }

  /** What is in a list twice counts by the newer; nobody writes two of one time. */
  private void put(Map<String, Cells.Cell> cells, Collection<String> values, List<Long> times) {
    int i = 0;
    for (String value : values) {
      Cells.Cell cell = new Cells.Cell(value, times.get(i++));
      Cells.Cell other = cells.get(field(value));
      if (other != null && other.time() == cell.time()) {
        cells.put(field("twice " + value), cell);
      }
      if (other == null || other.time() < cell.time()) {
        cells.put(field(value), cell);
      }
    }
  }

  private String order() {
    return "[" + name + "]";
  }

  private String written() {
    return "written_" + name;
  }

  String selection() {
    return "%s, writetime(%s) AS %s".formatted(name, name, written());
  }

  /** What a document has. */
  Map<String, String> read(JsonNode document) {
    JsonNode json = document.path(name);
    Map<String, String> values = new LinkedHashMap<>();
    switch (type) {
      case TEXT -> {
        if (json.isTextual()) {
          values.put(name, json.asText());
        }
      }
      case SET, LIST -> {
        List<String> all = new ArrayList<>();
        json.forEach(element -> all.add(element.asText()));
        all.forEach(element -> values.put(field(element), element));
        if (type == Type.LIST && !all.isEmpty()) {
          values.put(order(), all.toString());
        }
      }
      default ->
          json.properties()
              .forEach(
                  each -> {
                    if (each.getValue().isTextual()) {
                      values.put(field(each.getKey()), each.getValue().asText());
                    }
                  });
    }
    return values;
  }

  /**
   * A value as a document's.
   *
   * @param values by field
   */
  JsonNode json(Map<String, String> values) {
    if (isText()) {
      return JsonNodeFactory.instance.textNode(values.get(name));
    } else if (isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      values.forEach((field, value) -> object.put(element(field), value));
      return object;
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.values().forEach(array::add);
    return array;
  }

  /** The same as a CQL literal. */
  String literal(Map<String, String> values) {
    return switch (type) {
      case TEXT -> quoted(values.get(name));
      case LIST -> joined(values.values().stream().map(Column::quoted).toList(), "[", "]");
      case SET -> joined(values.values().stream().map(Column::quoted).toList(), "{", "}");
      case MAP -> joined(entries(values, "'%s': %s"), "{", "}");
      case PAIR -> joined(entries(values, "%s: %s"), "{", "}");
    };
  }

  private static List<String> entries(Map<String, String> values, String form) {
    return values.entrySet().stream()
        .map(each -> form.formatted(element(each.getKey()), quoted(each.getValue())))
        .toList();
  }

  private static String joined(List<String> all, String open, String close) {
    return all.stream().collect(Collectors.joining(", ", open, close));
  }

  static String element(String field) {
    return field.substring(field.indexOf('.') + 1);
  }

  static String quoted(String value) {
    return value == null ? "null" : "'" + value + "'";
  }
}
