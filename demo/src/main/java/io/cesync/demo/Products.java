package io.cesync.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Collections and a user-defined type, changed as a whole and by their parts. */
record Products(int keys) implements DocumentWrites {
  @Override
  public String name() {
    return "products";
  }

  @Override
  public String about() {
    return "set, list, map, user-defined type, frozen and not";
  }

  @Override
  public List<String> schema(String keyspace) {
    return List.of(
        "CREATE TYPE %s.dimensions (width double, height double, unit text)".formatted(keyspace),
        """
        CREATE TABLE %1$s.products (
          id bigint PRIMARY KEY,
          name text,
          tags set<text>, ratings list<int>, attributes map<text, decimal>,
          size dimensions, boxed frozen<dimensions>, shelf frozen<tuple<int, text>>)"""
            .formatted(keyspace));
  }

  @Override
  public String write(String table, Choice choice, Using using) {
    int key = choice.below(keys);
    return switch (choice.weighted(30, 55, 6, 9)) {
      case 0 -> insert(table, key, choice, "") + using.clause();
      case 1 ->
          "UPDATE %s%s SET %s WHERE id = %d".formatted(table, using.clause(), change(choice), key);
      case 2 ->
          "DELETE %s FROM %s%s WHERE id = %d".formatted(part(choice), table, using.ofDelete(), key);
      default -> "DELETE FROM %s%s WHERE id = %d".formatted(table, using.ofDelete(), key);
    };
  }

  @Override
  public String conditional(String table, Choice choice, Using using) {
    int key = choice.below(keys);
    return switch (choice.weighted(3, 3, 1)) {
      case 0 -> insert(table, key, choice, " IF NOT EXISTS") + using.clause();
      case 1 ->
          "UPDATE %s%s SET %s WHERE id = %d IF EXISTS"
              .formatted(table, using.clause(), change(choice), key);
      default -> "DELETE FROM %s WHERE id = %d IF name != 'cedar'".formatted(table, key);
    };
  }

  @Override
  public DocumentWrite document(Choice choice) {
    ObjectNode fields = DocumentWrite.object();
    switch (choice.below(5)) {
      case 0 -> fields.put("name", choice.word());
      case 1 -> fields.putArray("ratings").add(choice.below(6)).add(choice.below(6));
      case 2 -> fields.putArray("tags").add(choice.word());
      case 3 -> fields.putObject("boxed").put("width", choice.below(9)).put("unit", "cm");
      default -> fields.put("name", choice.word()).putNull("attributes");
    }
    return DocumentWrite.of(DocumentWrite.object().put("id", choice.below(keys)), fields);
  }

  private static String insert(String table, int key, Choice choice, String condition) {
    return "INSERT INTO %s (id, name, tags, ratings, attributes, size, boxed, shelf) VALUES (%d, %s, %s, %s, %s, %s, %s, %s)%s"
        .formatted(
            table,
            key,
            choice.nullOr(choice::text),
            choice.nullOr(() -> tags(choice)),
            choice.nullOr(() -> ratings(choice)),
            choice.nullOr(() -> attributes(choice)),
            choice.nullOr(() -> dimensions(choice)),
            choice.nullOr(() -> dimensions(choice)),
            choice.nullOr(() -> "(%d, %s)".formatted(choice.below(9), choice.text())),
            condition);
  }

  private static String change(Choice choice) {
    return switch (choice.below(14)) {
      case 0 -> "tags = tags + {%s}".formatted(choice.text());
      case 1 -> "tags = tags - {%s}".formatted(choice.text());
      case 2 -> "tags = " + choice.nullOr(() -> tags(choice));
      case 3 -> "ratings = ratings + [%d]".formatted(choice.below(6));
      case 4 -> "ratings = [%d] + ratings".formatted(choice.below(6));
      case 5 -> "ratings = ratings - [%d]".formatted(choice.below(6));
      case 6 -> "ratings = " + choice.nullOr(() -> ratings(choice));
      case 7 -> "attributes[%s] = %s".formatted(choice.text(), choice.nullOr(choice::decimal));
      case 8 -> "attributes = " + choice.nullOr(() -> attributes(choice));
      case 9 -> "size.width = " + choice.nullOr(choice::decimal);
      case 10 -> "size.unit = %s, name = %s".formatted(choice.text(), choice.text());
      case 11 -> "size = " + choice.nullOr(() -> dimensions(choice));
      case 12 -> "boxed = %s, shelf = null".formatted(choice.nullOr(() -> dimensions(choice)));
      default -> "name = " + choice.nullOr(choice::text);
    };
  }

  private static String part(Choice choice) {
    return choice.of(
        "tags", "attributes[%s]".formatted(choice.text()), "size.height", "size", "name, boxed");
  }

  private static String tags(Choice choice) {
    return choice.elements("{", choice::text, "}");
  }

  private static String ratings(Choice choice) {
    return choice.elements("[", () -> Integer.toString(choice.below(6)), "]");
  }

  private static String attributes(Choice choice) {
    return "{'weight': %s, %s: %s}".formatted(choice.decimal(), choice.text(), choice.decimal());
  }

  private static String dimensions(Choice choice) {
    return "{width: %s, height: %s, unit: %s}"
        .formatted(
            choice.decimal(), choice.nullOr(choice::decimal), choice.of("'cm'", "'in'", "null"));
  }
}
