package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** No entry, no write; and the client learns why. */
interface FailureContract extends OnCluster {
  String NO_LOG =
      "cesync: the change log table logger.log does not exist; run ./run.sh install or"
          + " cql/001-change-log.cql; the write to contract.%s was refused so that no change is lost";

  @Test
  default void withoutTheLogTableWritesAreRefused() {
    cluster().cql("DROP TABLE logger.log");
    try {
      writesAreRefused(NO_LOG);
      cluster().cql("DROP KEYSPACE logger");
      writesAreRefused(NO_LOG);
    } finally {
      cluster().createLog();
    }
    writesAreLogged();
  }

  @Test
  default void withoutALayoutWritesAreRefused() {
    cluster().cql("ALTER TABLE logger.log WITH comment = 'shards=4'");
    try {
      writesAreRefused(
          "cesync: the change log table logger.log is not as cql/001-change-log.cql creates it: its"
              + " comment must have bucket_seconds=N with N from 1 to 999999999, but is 'shards=4';"
              + " the write to contract.%s was refused so that no change is lost");
    } finally {
      cluster().cql("ALTER TABLE logger.log WITH comment = 'bucket_seconds=300; shards=4'");
    }
    writesAreLogged();
  }

  @Test
  default void anotherTableOfThatNameIsRefused() {
    cluster().cql("DROP TABLE logger.log");
    try {
      cluster().cql("CREATE TABLE logger.log (id int PRIMARY KEY, operation text)");
      for (String table : List.of("rows_atomic", "rows_ahead")) {
        assertThatThrownBy(() -> insert(table, cluster().newKey()))
            .isInstanceOf(InvalidQueryException.class)
            .hasMessageContaining(
                "logger.log is not as cql/001-change-log.cql creates it: it has no column");
      }
      cluster().cql("DROP TABLE logger.log");
    } finally {
      cluster().createLog();
    }
    writesAreLogged();
  }

  @Test
  default void anAlteredLayoutIsFollowed() {
    int p = cluster().newKey();
    cluster()
        .cql(
            "ALTER TABLE logger.log WITH comment = 'bucket_seconds=7; shards=1' AND"
                + " default_time_to_live = 0");
    try {
      insert("rows_atomic", p);
      LogEntry entry = onlyEntry("rows_atomic", p);
      assertThat(entry.shard()).isEqualTo(0);
      assertThat(entry.bucket().getEpochSecond() % 7).isEqualTo(0);
      assertThat(entry.isInItsBucket(java.time.Duration.ofSeconds(7))).isTrue();
      assertThat(entry.ttl()).isEqualTo(0);
    } finally {
      cluster()
          .cql(
              "ALTER TABLE logger.log WITH comment = 'bucket_seconds=300; shards=4' AND"
                  + " default_time_to_live = 604800");
    }
  }

  @Test
  default void tooFewReplicasOfTheLog() {
    cluster().cql("ALTER KEYSPACE logger WITH replication = " + simpleStrategy(3));
    try {
      int p = cluster().newKey();
      assertThatThrownBy(() -> insert("rows_ahead", p)).satisfies(FailureContract::isUnavailable);
      assertThatThrownBy(
              () -> cluster().cql("INSERT INTO rows_atomic (p, c) VALUES (?, 1) IF NOT EXISTS", p))
          .satisfies(FailureContract::isUnavailable);
      assertThatThrownBy(
              () ->
                  cluster()
                      .session
                      .execute(
                          SimpleStatement.newInstance(
                                  "INSERT INTO rows_atomic (p, c) VALUES (?, 1)", p)
                              .setConsistencyLevel(ConsistencyLevel.QUORUM)))
          .satisfies(FailureContract::isUnavailable);
      assertThat(cluster().cql("SELECT * FROM rows_ahead WHERE p = ?", p).one()).isNull();
      assertThat(cluster().cql("SELECT * FROM rows_atomic WHERE p = ?", p).one()).isNull();
    } finally {
      cluster().cql("ALTER KEYSPACE logger WITH replication = " + simpleStrategy(1));
    }
    writesAreLogged();
  }

  @Test
  default void aTriggerOnTheLogItselfIsRefused() {
    for (Delivery delivery : Delivery.values()) {
      cluster().cql("CREATE TRIGGER wrong ON logger.log USING '" + delivery.className + "'");
      try {
        assertThatThrownBy(
                () ->
                    cluster()
                        .cql(
                            "INSERT INTO logger.log (logged_keyspace, logged_table, time_bucket,"
                                + " shard, time_uuid) VALUES ('k', 't', 0, 0, now())"))
            .isInstanceOf(InvalidQueryException.class)
            .hasMessageContaining("cesync: a cesync trigger cannot log logger.log");
        writesAreLogged();
      } finally {
        cluster().cql("DROP TRIGGER wrong ON logger.log");
      }
    }
  }

  /** The driver tries the next node, of which there is none. */
  private static void isUnavailable(Throwable error) {
    assertThat(error)
        .isInstanceOfSatisfying(
            AllNodesFailedException.class,
            failed ->
                assertThat(failed.getAllErrors().values())
                    .singleElement(InstanceOfAssertFactories.LIST)
                    .singleElement()
                    .isInstanceOf(UnavailableException.class));
  }

  private void writesAreRefused(String message) {
    for (Delivery delivery : Delivery.values()) {
      String table = delivery.table("rows");
      String counts = delivery.table("counts");
      int p = cluster().newKey();
      assertThatThrownBy(() -> insert(table, p))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessage(message.formatted(table));
      assertThatThrownBy(
              () ->
                  cluster().cql("INSERT INTO " + table + " (p, c) VALUES (?, 1) IF NOT EXISTS", p))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessage(message.formatted(table));
      assertThatThrownBy(
              () -> cluster().cql("UPDATE " + counts + " SET n = n + 1 WHERE p = ? AND c = 1", p))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessage(message.formatted(counts));
      assertThat(cluster().cql("SELECT * FROM " + table + " WHERE p = ?", p).one()).isNull();
      assertThat(cluster().cql("SELECT * FROM " + counts + " WHERE p = ?", p).one()).isNull();
    }
  }

  private void writesAreLogged() {
    for (Delivery delivery : Delivery.values()) {
      int p = cluster().newKey();
      insert(delivery.table("rows"), p);
      assertThat(brief(delivery.table("rows"), p))
          .containsExactly("insert {\"p\":" + p + ",\"c\":1}");
    }
  }

  private void insert(String table, int p) {
    cluster().cql("INSERT INTO " + table + " (p, c, v) VALUES (?, 1, 'x')", p);
  }

  private static String simpleStrategy(int copies) {
    return "{'class': 'SimpleStrategy', 'replication_factor': " + copies + "}";
  }
}
