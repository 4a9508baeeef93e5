package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of several partitions and tables, and writes at once. */
interface BatchContract extends OnCluster {
  static void createTables(TestCluster cluster) {
    cluster.cql("CREATE TABLE untracked (p int PRIMARY KEY, v text)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UNLOGGED"})
  default void trackedAndUntrackedTables(String kind) {
    String atomic = Delivery.ATOMIC.table("rows");
    String ahead = Delivery.AHEAD.table("rows");
    String simple = Delivery.ATOMIC.table("simple");
    int p = cluster().newKey();
    int q = cluster().newKey();
    cluster()
        .cql(
            "BEGIN "
                + kind
                + " BATCH"
                + " INSERT INTO untracked (p, v) VALUES (?, 'x');"
                + " INSERT INTO "
                + atomic
                + " (p, c, v) VALUES (?, 1, 'x');"
                + " UPDATE "
                + atomic
                + " SET v = 'x' WHERE p = ? AND c = 2;"
                + " DELETE FROM "
                + atomic
                + " WHERE p = ? AND c = 1;"
                + " INSERT INTO "
                + ahead
                + " (p, c, v) VALUES (?, 1, 'x');"
                + " INSERT INTO "
                + simple
                + " (p, v) VALUES (?, 'x');"
                + " APPLY BATCH",
            p,
            p,
            p,
            q,
            p,
            p);
    assertThat(brief(atomic, p))
        .containsExactly("insert {\"p\":" + p + ",\"c\":1}", "update {\"p\":" + p + ",\"c\":2}");
    assertThat(brief(atomic, q)).containsExactly("delete {\"p\":" + q + ",\"c\":1}");
    assertThat(brief(ahead, p)).containsExactly("insert {\"p\":" + p + ",\"c\":1}");
    assertThat(brief(simple, p)).containsExactly("insert {\"p\":" + p + "}");
    for (String table : List.of("untracked", atomic, ahead, simple)) {
      assertThat(cluster().cql("SELECT v FROM " + table + " WHERE p = ?", p).one().getString(0))
          .as(table)
          .isEqualTo("x");
    }
  }

  @ParameterizedTest
  @EnumSource
  default void writesAtOnceHaveAnEntryEach(Delivery delivery) {
    String table = delivery.table("rows");
    int p = cluster().newKey();
    int writes = 500;
    PreparedStatement insert =
        cluster().session.prepare("INSERT INTO " + table + " (p, c, v) VALUES (?, ?, 'x')");
    List<CompletionStage<AsyncResultSet>> running = new ArrayList<>();
    for (int c = 0; c < writes; c++) {
      running.add(cluster().session.executeAsync(insert.bind(p, c)));
    }
    running.forEach(write -> write.toCompletableFuture().join());
    assertThat(cluster().log(table, p).stream().map(LogEntry::key).collect(Collectors.toSet()))
        .isEqualTo(
            IntStream.range(0, writes)
                .mapToObj(c -> "{\"p\":" + p + ",\"c\":" + c + "}")
                .collect(Collectors.toSet()));
  }
}
