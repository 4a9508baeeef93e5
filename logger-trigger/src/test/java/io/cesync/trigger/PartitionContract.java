package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of whole partitions, of ranges, of static columns, and of many rows. */
interface PartitionContract extends OnCluster {
  @ParameterizedTest
  @ValueSource(strings = {"", " AND c > 3", " AND c >= 1 AND c < 9"})
  default void deleteOfManyRows(String range) {
    for (Delivery delivery : Delivery.values()) {
      String table = delivery.table("rows");
      int p = cluster().newKey();
      cluster().cql("DELETE FROM " + table + " USING TIMESTAMP 77 WHERE p = ?" + range, p);
      LogEntry entry = onlyEntry(table, p);
      String operation = range.isEmpty() ? "delete-partition" : "delete-range";
      assertThat(entry.brief()).isEqualTo(operation + " {\"p\":" + p + "}");
      assertThat(entry.writeTime()).isEqualTo(77);
      assertThat(entry.updated()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  default void rangesOfOneBatchAreOneEntry(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    cluster()
        .cql(
            "BEGIN BATCH"
                + " DELETE FROM "
                + table
                + " USING TIMESTAMP 5 WHERE p = ? AND c < 3;"
                + " DELETE FROM "
                + table
                + " USING TIMESTAMP 6 WHERE p = ? AND c > 7;"
                + " INSERT INTO "
                + table
                + " (p, c) VALUES (?, 5) USING TIMESTAMP 7;"
                + " APPLY BATCH",
            p,
            p,
            p);
    assertThat(brief(table, p))
        .containsExactly("delete-range {\"p\":" + p + "}", "insert {\"p\":" + p + ",\"c\":5}");
    assertThat(cluster().log(table, p).stream().map(LogEntry::writeTime)).containsExactly(6L, 7L);
  }

  @ParameterizedTest
  @EnumSource
  default void staticColumn(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    cluster().cql("UPDATE " + table + " SET s = 'x' WHERE p = ?", p);
    LogEntry entry = onlyEntry(table, p);
    assertThat(entry.brief()).isEqualTo("static {\"p\":" + p + "}");
    assertThat(entry.updated()).containsExactly("s");

    int nulled = cluster().newKey();
    cluster().cql("DELETE s FROM " + table + " WHERE p = ?", nulled);
    assertThat(onlyEntry(table, nulled).nulled()).containsExactly("s");

    int both = cluster().newKey();
    cluster().cql("INSERT INTO " + table + " (p, c, s, v) VALUES (?, 1, 'x', 'y')", both);
    assertThat(brief(table, both))
        .containsExactly("static {\"p\":" + both + "}", "insert {\"p\":" + both + ",\"c\":1}");
    List<LogEntry> entries = cluster().log(table, both);
    assertThat(entries.get(0).updated()).containsExactly("s");
    assertThat(entries.get(1).updated()).containsExactly("v");
  }

  @ParameterizedTest
  @EnumSource
  default void manyRowsOfOnePartitionAreOneEntry(Delivery delivery) {
    String table = delivery.table("rows");
    int limit = MutationEntries.MAX_ROWS;
    int few = cluster().newKey();
    insertRows(table, few, limit, "");
    assertThat(cluster().log(table, few)).hasSize(limit);
    assertThat(brief(table, few)).contains("insert {\"p\":" + few + ",\"c\":" + (limit - 1) + "}");

    int many = cluster().newKey();
    insertRows(table, many, limit + 1, " USING TIMESTAMP 99");
    LogEntry entry = onlyEntry(table, many);
    assertThat(entry.brief()).isEqualTo("update-partition {\"p\":" + many + "}");
    assertThat(entry.updated()).isNull();
    assertThat(entry.writeTime()).isEqualTo(99);
  }

  @ParameterizedTest
  @EnumSource
  default void expiriesOfManyRowsAreOneEntryEach(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    insertRows(table, p, MutationEntries.MAX_ROWS + 1, " USING TTL 1000");
    assertThat(brief(table, p))
        .containsExactly("update-partition {\"p\":" + p + "}", "expire {\"p\":" + p + "}");
  }

  private void insertRows(String table, int p, int count, String using) {
    StringBuilder batch = new StringBuilder("BEGIN UNLOGGED BATCH ");
    for (int c = 0; c < count; c++) {
      batch
          .append("INSERT INTO " + table + " (p, c, v) VALUES (" + p + ", " + c + ", 'x')")
          .append(using)
          .append(';');
    }
    cluster().cql(batch + " APPLY BATCH");
  }
}
