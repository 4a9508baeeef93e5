package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters: logged ahead, without write times. */
interface CounterContract extends OnCluster {
  static void createTables(TestCluster cluster) {
    cluster.createTables(
        "counts", "(p int, c int, n counter, s counter STATIC, PRIMARY KEY (p, c))");
  }

  @ParameterizedTest
  @EnumSource
  default void everyWriteOfACounterTable(Delivery delivery) {
    String table = delivery.table("counts");
    int p = cluster().newKey();
    cluster().cql("UPDATE " + table + " SET n = n + 5 WHERE p = ? AND c = 1", p);
    LogEntry entry = onlyEntry(table, p);
    assertThat(entry.brief()).isEqualTo("update {\"p\":" + p + ",\"c\":1}");
    assertThat(entry.updated()).containsExactly("n");
    assertThat(entry.nulled()).isNull();
    assertThat(entry.writeTime()).isNull();
    assertThat(
            cluster().cql("SELECT n FROM " + table + " WHERE p = ? AND c = 1", p).one().getLong(0))
        .isEqualTo(5);

    cluster().cql("UPDATE " + table + " SET s = s - 1 WHERE p = ?", p);
    cluster()
        .cql(
            "BEGIN COUNTER BATCH"
                + " UPDATE "
                + table
                + " SET n = n + 1 WHERE p = ? AND c = 2;"
                + " UPDATE "
                + table
                + " SET n = n + 1 WHERE p = ? AND c = 3;"
                + " APPLY BATCH",
            p,
            p);
    cluster().cql("DELETE FROM " + table + " WHERE p = ? AND c = 1", p);
    cluster().cql("DELETE FROM " + table + " WHERE p = ?", p);
    assertThat(brief(table, p))
        .containsExactly(
            "update {\"p\":" + p + ",\"c\":1}",
            "static {\"p\":" + p + "}",
            "update {\"p\":" + p + ",\"c\":2}",
            "update {\"p\":" + p + ",\"c\":3}",
            "delete {\"p\":" + p + ",\"c\":1}",
            "delete-partition {\"p\":" + p + "}");
    assertThat(cluster().log(table, p).stream().map(LogEntry::writeTime)).containsOnlyNulls();
  }
}
