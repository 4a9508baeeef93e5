package io.cesync.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A composite partition key, a clustering key, a static column: rows that share a partition. */
record Orders(int numbers) implements DocumentWrites {
  @Override
  public String name() {
    return "orders";
  }

  @Override
  public String about() {
    return "composite partition key, clustering key, static column";
  }

  @Override
  public List<String> schema(String keyspace) {
    return List.of(
        """
        CREATE TABLE %s.orders (
          shop text, day date, number int,
          clerk text STATIC,
          customer text, total decimal, paid boolean,
          PRIMARY KEY ((shop, day), number))"""
            .formatted(keyspace));
  }

  @Override
  public String write(String table, Choice choice, Using using) {
    String partition = partition(choice);
    String row = partition + " AND number = " + choice.below(numbers);
    return switch (choice.weighted(30, 25, 8, 8, 10, 5, 4, 2)) {
      case 0 -> insert(table, choice, "") + using.clause();
      case 1 -> "UPDATE %s%s SET %s WHERE %s".formatted(table, using.clause(), set(choice), row);
      case 2 ->
          "UPDATE %s%s SET clerk = %s, paid = %s WHERE %s"
              .formatted(table, using.clause(), choice.text(), choice.chance(0.5), row);
      case 3 ->
          "UPDATE %s%s SET clerk = %s WHERE %s"
              .formatted(table, using.clause(), choice.nullOr(choice::text), partition);
      case 4 -> "DELETE FROM %s%s WHERE %s".formatted(table, using.ofDelete(), row);
      case 5 ->
          "DELETE %s FROM %s%s WHERE %s"
              .formatted(
                  choice.of("customer", "total", "paid, customer"), table, using.ofDelete(), row);
      case 6 -> "DELETE FROM %s%s WHERE %s".formatted(table, using.ofDelete(), range(choice));
      default -> "DELETE FROM %s%s WHERE %s".formatted(table, using.ofDelete(), partition);
    };
  }

  @Override
  public String conditional(String table, Choice choice, Using using) {
    String partition = partition(choice);
    String row = partition + " AND number = " + choice.below(numbers);
    return switch (choice.weighted(4, 3, 2, 2, 2)) {
      case 0 -> insert(table, choice, " IF NOT EXISTS") + using.clause();
      case 1 ->
          "UPDATE %s%s SET paid = true, total = null WHERE %s IF EXISTS"
              .formatted(table, using.clause(), row);
      case 2 -> "DELETE FROM %s WHERE %s IF EXISTS".formatted(table, row);
      case 3 ->
          "UPDATE %s%s SET clerk = %s WHERE %s IF clerk = null"
              .formatted(table, using.clause(), choice.text(), partition);
      default ->
          """
          BEGIN BATCH
            UPDATE %1$s SET clerk = %2$s WHERE %3$s IF clerk != %2$s;
            UPDATE %1$s SET paid = false WHERE %4$s;
          APPLY BATCH"""
              .formatted(table, choice.text(), partition, row);
    };
  }

  @Override
  public DocumentWrite document(Choice choice) {
    ObjectNode fields = DocumentWrite.object();
    switch (choice.below(4)) {
      case 0 -> fields.put("customer", choice.word());
      case 1 -> fields.put("paid", choice.chance(0.5));
      case 2 -> fields.put("clerk", choice.word()).putNull("total");
      default -> fields.put("customer", choice.word()).put("paid", true);
    }
    return DocumentWrite.of(
        DocumentWrite.object()
            .put("shop", choice.of("north", "o'hara & söhne", ""))
            .put("day", "2026-03-0" + (1 + choice.below(4)))
            .put("number", choice.below(numbers)),
        fields);
  }

  private static String shop(Choice choice) {
    return choice.of("'north'", "'o''hara & söhne'", "''");
  }

  private static String day(Choice choice) {
    return "'2026-03-0%d'".formatted(1 + choice.below(4));
  }

  private static String partition(Choice choice) {
    return "shop = %s AND day = %s".formatted(shop(choice), day(choice));
  }

  private String range(Choice choice) {
    int from = choice.below(numbers);
    String start = "%s AND number %s %d".formatted(partition(choice), choice.of(">", ">="), from);
    return choice.chance(0.3) ? start : start + " AND number < " + (from + 1 + choice.below(10));
  }

  private String insert(String table, Choice choice, String condition) {
    return "INSERT INTO %s (shop, day, number, customer, total, paid) VALUES (%s, %s, %d, %s, %s, %s)%s"
        .formatted(
            table,
            shop(choice),
            day(choice),
            choice.below(numbers),
            choice.nullOr(choice::text),
            choice.nullOr(choice::decimal),
            choice.nullOr(() -> choice.of("true", "false")),
            condition);
  }

  private static String set(Choice choice) {
    return choice.of(
        "customer = " + choice.nullOr(choice::text),
        "total = " + choice.nullOr(choice::decimal),
        "total = %s, paid = null".formatted(choice.decimal()),
        "customer = null, total = null, paid = null");
  }
}
