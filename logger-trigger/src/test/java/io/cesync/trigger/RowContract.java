package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain writes of single rows. */
interface RowContract extends OnCluster {
  String ROWS =
      "(p int, c int, v text, w text, s text STATIC, \"Case\" int, m map<text, int>, l list<int>,"
          + " st set<int>, f frozen<list<int>>, u pair, PRIMARY KEY (p, c))";

  static void createTables(TestCluster cluster) {
    cluster.cql("CREATE TYPE pair (a int, b text)");
    cluster.createTables("rows", ROWS);
    cluster.createTables("keyonly", "(p int, c int, PRIMARY KEY (p, c))");
    cluster.createTables("simple", "(p int PRIMARY KEY, v text)");
  }

  @ParameterizedTest
  @EnumSource
  default void insertHasKeyColumnsAndWriteTime(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    Instant before = Instant.now();
    cluster().cql("INSERT INTO " + table + " (p, c, v, \"Case\") VALUES (?, -7, 'x', 1)", p);

    LogEntry entry = onlyEntry(table, p);
    assertThat(entry.brief()).isEqualTo("insert {\"p\":" + p + ",\"c\":-7}");
    assertThat(entry.updated()).containsExactlyInAnyOrder("v", "Case");
    assertThat(entry.nulled()).isNull();
    assertThat(entry.writeTime()).isEqualTo(writeTime(table, p, -7));
    assertThat(entry.shard()).isBetween(0, 3);
    assertThat(entry.isInItsBucket(Duration.ofMinutes(5))).isTrue();
    assertThat(entry.time()).isBetween(before.minusMillis(5), Instant.now().plusMillis(5));
    assertThat(entry.id().version()).isEqualTo(1);
    assertThat(entry.ttl()).isBetween(604_700, 604_800);
  }

  private long writeTime(String table, int p, int c) {
    return cluster()
        .cql("SELECT writetime(v) FROM " + table + " WHERE p = ? AND c = ?", p, c)
        .one()
        .getLong(0);
  }

  @ParameterizedTest
  @EnumSource
  default void insertOfTheKeyAloneHasNoColumns(Delivery delivery) {
    for (String name : new String[] {"rows", "keyonly"}) {
      String table = delivery.table(name);
      int p = cluster().newKey();
      cluster().cql("INSERT INTO " + table + " (p, c) VALUES (?, 1)", p);
      LogEntry entry = onlyEntry(table, p);
      assertThat(entry.brief()).isEqualTo("insert {\"p\":" + p + ",\"c\":1}");
      assertThat(entry.updated()).isEmpty();
      assertThat(entry.writeTime()).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  default void updateTellsWhatItNulled(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    cluster().cql("UPDATE " + table + " SET v = 'x', w = null WHERE p = ? AND c = 1", p);
    LogEntry entry = onlyEntry(table, p);
    assertThat(entry.brief()).isEqualTo("update {\"p\":" + p + ",\"c\":1}");
    assertThat(entry.updated()).containsExactlyInAnyOrder("v", "w");
    assertThat(entry.nulled()).containsExactly("w");

    p = cluster().newKey();
    cluster().cql("DELETE v, m FROM " + table + " WHERE p = ? AND c = 1", p);
    entry = onlyEntry(table, p);
    assertThat(entry.operation()).isEqualTo("update");
    assertThat(entry.updated()).containsExactlyInAnyOrder("v", "m");
    assertThat(entry.nulled()).containsExactlyInAnyOrder("v", "m");
  }

  @ParameterizedTest
  @EnumSource
  default void unsetColumnsAreNotLogged(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    PreparedStatement insert =
        cluster().session.prepare("INSERT INTO " + table + " (p, c, v, w) VALUES (?, ?, ?, ?)");
    cluster().session.execute(insert.boundStatementBuilder(p, 1, "x").build());
    assertThat(onlyEntry(table, p).updated()).containsExactly("v");

    int other = cluster().newKey();
    PreparedStatement update =
        cluster().session.prepare("UPDATE " + table + " SET v = ? WHERE p = ? AND c = ?");
    cluster()
        .session
        .execute(update.boundStatementBuilder().setInt("p", other).setInt("c", 1).build());
    assertThat(cluster().log(table, other)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  default void deleteOfARow(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    cluster().cql("DELETE FROM " + table + " USING TIMESTAMP 1234567 WHERE p = ? AND c = 1", p);
    LogEntry entry = onlyEntry(table, p);
    assertThat(entry.brief()).isEqualTo("delete {\"p\":" + p + ",\"c\":1}");
    assertThat(entry.writeTime()).isEqualTo(1_234_567);
    assertThat(entry.updated()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  default void withoutClusteringColumnsTheKeyIsThePartition(Delivery delivery) {
    String table = delivery.table("simple");
    int p = cluster().newKey();
    cluster().cql("INSERT INTO " + table + " (p, v) VALUES (?, 'x')", p);
    cluster().cql("UPDATE " + table + " SET v = 'y' WHERE p = ?", p);
    cluster().cql("DELETE FROM " + table + " WHERE p = ?", p);
    String key = "{\"p\":" + p + "}";
    assertThat(brief(table, p))
        .containsExactly("insert " + key, "update " + key, "delete-partition " + key);
  }

  @ParameterizedTest
  @EnumSource
  default void writeTimesAreThoseOfTheStatements(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    cluster().cql("INSERT INTO " + table + " (p, c, v) VALUES (?, 1, 'x') USING TIMESTAMP 1000", p);
    assertThat(onlyEntry(table, p).writeTime()).isEqualTo(1000);

    int other = cluster().newKey();
    cluster()
        .cql(
            "BEGIN BATCH"
                + " UPDATE "
                + table
                + " USING TIMESTAMP 30 SET v = 'x' WHERE p = ? AND c = 1;"
                + " UPDATE "
                + table
                + " USING TIMESTAMP 40 SET w = 'x' WHERE p = ? AND c = 1;"
                + " DELETE m FROM "
                + table
                + " USING TIMESTAMP 50 WHERE p = ? AND c = 1;"
                + " APPLY BATCH",
            other,
            other,
            other);
    LogEntry merged = onlyEntry(table, other);
    assertThat(merged.writeTime()).isEqualTo(50);
    assertThat(merged.updated()).containsExactlyInAnyOrder("v", "w", "m");
    assertThat(merged.nulled()).containsExactly("m");
  }

  @ParameterizedTest
  @EnumSource
  default void rowDeletedAndWrittenInOneBatch(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    String key = " {\"p\":" + p + ",\"c\":1}";
    deleteAndInsert(table, p, 10, 20);
    assertThat(brief(table, p)).containsExactly("delete" + key, "insert" + key);
    assertThat(cluster().log(table, p).stream().map(LogEntry::writeTime)).containsExactly(10L, 20L);

    int older = cluster().newKey();
    deleteAndInsert(table, older, 20, 10);
    assertThat(onlyEntry(table, older).operation()).isEqualTo("delete");
  }

  private void deleteAndInsert(String table, int p, long deleted, long inserted) {
    cluster()
        .cql(
            "BEGIN BATCH"
                + " DELETE FROM "
                + table
                + " USING TIMESTAMP ? WHERE p = ? AND c = 1;"
                + " INSERT INTO "
                + table
                + " (p, c, v) VALUES (?, 1, 'x') USING TIMESTAMP ?;"
                + " APPLY BATCH",
            deleted,
            p,
            p,
            inserted);
  }

  @ParameterizedTest
  @EnumSource
  default void everyConsistencyLevelThatWorksWithoutTheTrigger(Delivery delivery) {
    String table = delivery.table("rows");
    for (ConsistencyLevel level :
        new ConsistencyLevel[] {
          ConsistencyLevel.ANY,
          ConsistencyLevel.ONE,
          ConsistencyLevel.LOCAL_QUORUM,
          ConsistencyLevel.EACH_QUORUM,
          ConsistencyLevel.ALL
        }) {
      int p = cluster().newKey();
      cluster()
          .session
          .execute(
              SimpleStatement.newInstance(
                      "INSERT INTO " + table + " (p, c, v) VALUES (?, 1, 'x')", p)
                  .setConsistencyLevel(level));
      assertThat(onlyEntry(table, p).operation()).as(level.name()).isEqualTo("insert");
    }
  }
}
