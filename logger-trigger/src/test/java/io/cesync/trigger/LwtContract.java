package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lightweight transactions: logged ahead, without write times. */
interface LwtContract extends OnCluster {
  @ParameterizedTest
  @EnumSource
  default void insertUpdateDelete(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    apply("INSERT INTO " + table + " (p, c, v) VALUES (" + p + ", 1, 'x') IF NOT EXISTS", true);
    apply(
        "UPDATE " + table + " SET v = 'y', w = null WHERE p = " + p + " AND c = 1 IF v = 'x'",
        true);
    apply("UPDATE " + table + " SET s = 'x' WHERE p = " + p + " IF s = null", true);
    apply("DELETE FROM " + table + " WHERE p = " + p + " AND c = 1 IF EXISTS", true);

    List<LogEntry> entries = cluster().log(table, p);
    String key = " {\"p\":" + p + ",\"c\":1}";
    assertThat(entries.stream().map(LogEntry::brief))
        .containsExactly(
            "insert" + key, "update" + key, "static {\"p\":" + p + "}", "delete" + key);
    assertThat(entries.stream().map(LogEntry::writeTime)).containsOnlyNulls();
    assertThat(entries.get(1).updated()).containsExactlyInAnyOrder("v", "w");
    assertThat(entries.get(1).nulled()).containsExactly("w");
  }

  @ParameterizedTest
  @EnumSource
  default void aFailedConditionLeavesNoEntry(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    apply("UPDATE " + table + " SET v = 'y' WHERE p = " + p + " AND c = 1 IF v = 'never'", false);
    apply("DELETE FROM " + table + " WHERE p = " + p + " AND c = 1 IF EXISTS", false);
    assertThat(cluster().log(table, p)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  default void batchWithACondition(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    String batch =
        "BEGIN BATCH"
            + " INSERT INTO "
            + table
            + " (p, c, v) VALUES ("
            + p
            + ", 1, 'x') IF NOT EXISTS;"
            + " UPDATE "
            + table
            + " SET v = 'y' WHERE p = "
            + p
            + " AND c = 2;"
            + " UPDATE "
            + table
            + " SET s = 'z' WHERE p = "
            + p
            + ";"
            + " APPLY BATCH";
    apply(batch, true);
    apply(batch, false);
    assertThat(brief(table, p))
        .containsExactly(
            "static {\"p\":" + p + "}",
            "insert {\"p\":" + p + ",\"c\":1}",
            "update {\"p\":" + p + ",\"c\":2}");
  }

  @ParameterizedTest
  @EnumSource
  default void expiry(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    apply(
        "INSERT INTO " + table + " (p, c) VALUES (" + p + ", 1) IF NOT EXISTS USING TTL 60", true);
    assertThat(cluster().log(table, p).stream().map(LogEntry::operation))
        .containsExactly("insert", "expire");
  }

  private void apply(String statement, boolean applied) {
    assertThat(cluster().cql(statement).wasApplied()).as(statement).isEqualTo(applied);
  }
}
