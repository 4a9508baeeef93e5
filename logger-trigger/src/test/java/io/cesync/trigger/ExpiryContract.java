package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TTLs: entries of the future. */
interface ExpiryContract extends OnCluster {
  int WEEK = 604_800;

  static void createTables(TestCluster cluster) {
    cluster.createTables(
        "fading",
        "(p int, c int, v text, s text STATIC, PRIMARY KEY (p, c)) WITH default_time_to_live = 900");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows   | INSERT INTO %s (p, c, v) VALUES (?, 1, 'x') USING TTL 60     | insert | 60",
        "rows   | UPDATE %s USING TTL 1000 SET v = 'x' WHERE p = ? AND c = 1   | update | 1000",
        "rows   | UPDATE %s USING TTL 60 SET m['a'] = 1 WHERE p = ? AND c = 1  | update | 60",
        "rows   | INSERT INTO %s (p, c) VALUES (?, 1) USING TTL 300000000      | insert | 300000000",
        "simple | INSERT INTO %s (p, v) VALUES (?, 'x') USING TTL 60           | insert | 60",
        "rows   | UPDATE %s USING TTL 60 SET s = 'x' WHERE p = ?               | static | 60",
        "fading | INSERT INTO %s (p, c, v) VALUES (?, 1, 'x')                  | insert | 900",
        "fading | INSERT INTO %s (p, c, v) VALUES (?, 1, 'x') USING TTL 5      | insert | 5",
      })
  default void anExpiryIsAnEntryDatedThen(
      String name, String statement, String operation, int ttl) {
    for (Delivery delivery : Delivery.values()) {
      String table = delivery.table(name);
      int p = cluster().newKey();
      Instant before = Instant.now();
      cluster().cql(statement.formatted(table), p);
      Instant after = Instant.now();

      List<LogEntry> entries = cluster().log(table, p);
      assertThat(entries).hasSize(2);
      LogEntry write = entries.get(0);
      LogEntry expiry = entries.get(1);
      assertThat(write.operation()).isEqualTo(operation);
      assertThat(expiry.operation()).isEqualTo("expire");
      assertThat(expiry.key()).isEqualTo(write.key());
      assertThat(expiry.updated()).isNull();
      assertThat(expiry.writeTime()).isNull();
      assertThat(expiry.shard()).isEqualTo(write.shard());
      assertThat(expiry.time())
          .isBetween(before.plusSeconds(ttl + 1), after.plusSeconds(ttl + 2).plusMillis(1));
      assertThat(expiry.isInItsBucket(Duration.ofMinutes(5))).isTrue();
      assertThat(expiry.ttl()).isBetween(WEEK + ttl - 60, WEEK + ttl + 3);
      assertThat(write.ttl()).isBetween(WEEK - 60, WEEK);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void noExpiryNoEntry(Delivery delivery) {
    String table = delivery.table("fading");
    int p = cluster().newKey();
    cluster().cql("INSERT INTO " + table + " (p, c, v) VALUES (?, 1, 'x') USING TTL 0", p);
    cluster().cql("DELETE v FROM " + table + " WHERE p = ? AND c = 1", p);
    assertThat(cluster().log(table, p).stream().map(LogEntry::operation))
        .containsExactly("insert", "update");
  }

  @ParameterizedTest
  @EnumSource
  default void everyDistinctExpiryOfARowHasItsEntry(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    cluster()
        .cql(
            "BEGIN BATCH"
                + " UPDATE "
                + table
                + " USING TTL 100 SET v = 'x' WHERE p = ? AND c = 1;"
                + " UPDATE "
                + table
                + " USING TTL 5000 SET w = 'x' WHERE p = ? AND c = 1;"
                + " UPDATE "
                + table
                + " USING TTL 100 SET m['a'] = 1 WHERE p = ? AND c = 1;"
                + " APPLY BATCH",
            p,
            p,
            p);
    List<LogEntry> entries = cluster().log(table, p);
    assertThat(entries.stream().map(LogEntry::operation))
        .containsExactly("update", "expire", "expire");
    assertThat(Duration.between(entries.get(1).time(), entries.get(2).time()))
        .isBetween(Duration.ofSeconds(4899), Duration.ofSeconds(4901));
  }
}
