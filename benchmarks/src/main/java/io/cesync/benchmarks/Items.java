package io.cesync.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** The rows that all benchmarks write: six columns, about 300 bytes as JSON. */
public final class Items {
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog while fourteen wizards quietly box heavy jars of"
          + " liquor, and nobody at the counter of the old shop minds very much about any of it";

  static final String SELECT = "SELECT id, name, category, price, revision, description";

  private final CqlSession session;
  private final PreparedStatement insert;

  /** Writes to a table that is there. */
  public Items(CqlSession session, String table) {
    this.session = session;
    this.insert =
        session.prepare(
            "INSERT INTO "
                + table
                + " (id, name, category, price, revision, description) VALUES (?, ?, ?, ?, ?, ?)");
  }

  static String create(String table) {
    return "CREATE TABLE IF NOT EXISTS "
        + table
        + " (id bigint PRIMARY KEY, name text, category text, price double, revision int,"
        + " description text)";
  }

  /** Writes a row. */
  public CompletionStage<?> write(long id, int revision) {
    BoundStatement statement =
        insert.bind(id, name(id), category(id), price(id), revision, description(id, revision));
    return session.executeAsync(statement.setIdempotent(true));
  }

  /** The document of a row, as the daemon renders it. */
  public static byte[] document(long id, int revision) {
    String json =
        "{\"id\":%d,\"category\":\"%s\",\"description\":\"%s\",\"name\":\"%s\",\"price\":%s,\"revision\":%d}"
            .formatted(id, category(id), description(id, revision), name(id), price(id), revision);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a row, as {@link #SELECT} reads it, is one of these. */
  static boolean isRow(Row row, int revision) {
    long id = row.getLong(0);
    return name(id).equals(row.getString(1))
        && category(id).equals(row.getString(2))
        && price(id) == row.getDouble(3)
        && revision == row.getInt(4)
        && description(id, revision).equals(row.getString(5));
  }

  private static String name(long id) {
    return "item " + id + " of the shop";
  }

  private static String category(long id) {
    return "category-" + id % 97;
  }

  private static double price(long id) {
    return (id * 37 % 100_000) / 100.0;
  }

  private static String description(long id, int revision) {
    int from = (int) Math.floorMod(id * 31 + revision, 40L);
    return TEXT.substring(from) + TEXT.substring(0, from);
  }
}
