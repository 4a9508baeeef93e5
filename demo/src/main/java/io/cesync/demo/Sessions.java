package io.cesync.demo;

import java.util.List;

/** Rows and single columns that expire: by the table's default, or as the write wants it. */
record Sessions(int keys, int maxTtl) implements DocumentWrites {
  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public String about() {
    return "rows and columns that expire (TTL)";
  }

  @Override
  public List<String> schema(String keyspace) {
    return List.of(
        """
        CREATE TABLE %s.sessions (
          id uuid PRIMARY KEY,
          visitor text, page text, since timestamp)
          WITH default_time_to_live = %d"""
            .formatted(keyspace, maxTtl));
  }

  @Override
  public String write(String table, Choice choice, Using using) {
    String key = key(choice);
    Using expiring = choice.chance(0.3) ? using : using.withTtl(ttl(choice));
    return switch (choice.weighted(45, 35, 10, 10)) {
      case 0 -> insert(table, key, choice, "") + expiring.clause();
      case 1 ->
          "UPDATE %s%s SET page = %s WHERE id = %s"
              .formatted(table, expiring.clause(), choice.nullOr(choice::text), key);
      // Without a TTL: outlives the rest of its row.
      case 2 ->
          "UPDATE %s%s SET visitor = %s WHERE id = %s"
              .formatted(table, using.withTtl(0).clause(), choice.text(), key);
      default -> "DELETE FROM %s%s WHERE id = %s".formatted(table, using.ofDelete(), key);
    };
  }

  @Override
  public String conditional(String table, Choice choice, Using using) {
    Using expiring = using.withTtl(ttl(choice));
    return choice.chance(0.6)
        ? insert(table, key(choice), choice, " IF NOT EXISTS") + expiring.clause()
        : "UPDATE %s%s SET page = %s WHERE id = %s IF EXISTS"
            .formatted(table, expiring.clause(), choice.text(), key(choice));
  }

  @Override
  public DocumentWrite document(Choice choice) {
    return DocumentWrite.of(
        DocumentWrite.object().put("id", key(choice)),
        DocumentWrite.object().put(choice.of("page", "visitor"), choice.word()));
  }

  private String key(Choice choice) {
    return "00000000-0000-4000-8000-%012x".formatted(choice.below(keys));
  }

  private int ttl(Choice choice) {
    return 1 + choice.below(maxTtl);
  }

  private static String insert(String table, String key, Choice choice, String condition) {
    return "INSERT INTO %s (id, visitor, page, since) VALUES (%s, %s, %s, toTimestamp(now()))%s"
        .formatted(table, key, choice.nullOr(choice::text), choice.nullOr(choice::text), condition);
  }
}
