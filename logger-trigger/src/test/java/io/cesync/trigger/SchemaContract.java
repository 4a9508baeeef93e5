package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that change, have odd names, or are of an old kind. */
interface SchemaContract extends OnCluster {
  @ParameterizedTest
  @EnumSource
  default void alteredTables(Delivery delivery) {
    String table = delivery.table("altered");
    cluster().createTable(table, "(p int, c int, v text, PRIMARY KEY (p, c))", delivery);
    int p = cluster().newKey();
    cluster().cql("INSERT INTO " + table + " (p, c, v) VALUES (?, 1, 'x')", p);
    cluster().cql("ALTER TABLE " + table + " ADD added int");
    cluster().cql("ALTER TABLE " + table + " DROP v");
    cluster().cql("ALTER TABLE " + table + " RENAME c TO d");
    cluster().cql("INSERT INTO " + table + " (p, d, added) VALUES (?, 1, 2)", p);
    assertThat(brief(table, p))
        .containsExactly("insert {\"p\":" + p + ",\"c\":1}", "insert {\"p\":" + p + ",\"d\":1}");
    assertThat(cluster().log(table, p).get(1).updated()).containsExactly("added");
  }

  /**
   * Cassandra's prepared statements keep the table, and its triggers, as they were: what install
   * does after creating a trigger has them prepared anew.
   */
  @ParameterizedTest
  @EnumSource
  default void statementsPreparedBeforeTheTrigger(Delivery delivery) {
    String table = delivery.table("prepared");
    cluster().cql("CREATE TABLE " + table + " (p int PRIMARY KEY, v int)");
    PreparedStatement insert =
        cluster().session.prepare("INSERT INTO " + table + " (p, v) VALUES (?, 1)");
    int p = cluster().newKey();
    cluster().session.execute(insert.bind(p));
    cluster().cql("CREATE TRIGGER cesync ON " + table + " USING '" + delivery.className + "'");
    cluster().cql("ALTER TABLE " + table + " WITH gc_grace_seconds = 864001");
    cluster().cql("ALTER TABLE " + table + " WITH gc_grace_seconds = 864000");
    cluster().session.execute(insert.bind(p));
    assertThat(brief(table, p)).containsExactly("insert {\"p\":" + p + "}");
  }

  @Test
  default void oddColumnNames() {
    cluster()
        .createTable(
            "odd",
            "(\"P 1\" int, \"quote\"\"d\" int, \"v é\" int, PRIMARY KEY (\"P 1\", \"quote\"\"d\"))",
            Delivery.ATOMIC);
    cluster().cql("INSERT INTO odd (\"P 1\", \"quote\"\"d\", \"v é\") VALUES (1, 2, 3)");
    assertThat(cluster().log("odd"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.brief()).isEqualTo("insert {\"P 1\":1,\"quote\\\"d\":2}");
              assertThat(entry.updated()).containsExactly("v é");
            });
  }

  /** Rows of these are made by INSERT and UPDATE alike. */
  @ParameterizedTest
  @EnumSource
  default void compactStorage(Delivery delivery) {
    String table = delivery.table("static_compact");
    cluster()
        .createTable(table, "(p int PRIMARY KEY, a int, b int) WITH COMPACT STORAGE", delivery);
    int p = cluster().newKey();
    cluster().cql("INSERT INTO " + table + " (p, a, b) VALUES (?, 1, null)", p);
    cluster().cql("DELETE FROM " + table + " WHERE p = ?", p);
    String key = " {\"p\":" + p + "}";
    assertThat(brief(table, p)).containsExactly("update" + key, "delete-partition" + key);
    assertThat(cluster().log(table, p).get(0).updated()).containsExactly("a", "b");
    assertThat(cluster().log(table, p).get(0).nulled()).containsExactly("b");
  }

  @ParameterizedTest
  @EnumSource
  default void denseCompactStorage(Delivery delivery) {
    String valued = delivery.table("dense");
    cluster()
        .createTable(
            valued,
            "(p int, c int, d text, v int, PRIMARY KEY (p, c, d)) WITH COMPACT STORAGE",
            delivery);
    int p = cluster().newKey();
    cluster().cql("INSERT INTO " + valued + " (p, c, d, v) VALUES (?, 1, 'x', 3)", p);
    cluster().cql("DELETE FROM " + valued + " WHERE p = ? AND c = 1 AND d = 'x'", p);
    cluster().cql("INSERT INTO " + valued + " (p, c, v) VALUES (?, 1, 3)", p);
    cluster().cql("DELETE FROM " + valued + " WHERE p = ? AND c = 1", p);
    String key = "{\"p\":" + p + ",\"c\":1,\"d\":";
    assertThat(brief(valued, p))
        .containsExactly(
            "update " + key + "\"x\"}",
            "delete " + key + "\"x\"}",
            "update " + key + "null}",
            "delete-range {\"p\":" + p + "}");
    assertThat(cluster().log(valued, p).get(0).updated()).containsExactly("v");

    String valueless = delivery.table("valueless");
    cluster()
        .createTable(
            valueless, "(p int, c int, PRIMARY KEY (p, c)) WITH COMPACT STORAGE", delivery);
    cluster().cql("INSERT INTO " + valueless + " (p, c) VALUES (?, 1)", p);
    cluster().cql("DELETE FROM " + valueless + " WHERE p = ? AND c = 1", p);
    assertThat(brief(valueless, p))
        .containsExactly("insert {\"p\":" + p + ",\"c\":1}", "delete {\"p\":" + p + ",\"c\":1}");
    assertThat(cluster().log(valueless, p).get(0).updated()).isEmpty();
  }
}
