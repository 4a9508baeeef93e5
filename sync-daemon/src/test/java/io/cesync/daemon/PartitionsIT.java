package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cesync.live.DaemonThread;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Changes of many rows at once: ranges, whole partitions, static columns, large batches. */
@ExtendWith(LiveServers.Extension.class)
class PartitionsIT {

  private static final String COLUMNS =
      "a int, b text, c int, d text, s text static, v text, PRIMARY KEY ((a, b), c, d)";

  @TempDir Path directory;
  private final LiveServers servers;

  PartitionsIT(LiveServers servers) {
    this.servers = servers;
  }

  private Site site() {
    Site site =
        new Site(servers, directory)
            // Several pages of log, rows and documents.
            .option("read", "{page_size: 100}")
            .option("snapshot", "{page_size: 100}")
            .option("bulk", "{max_documents: 200}")
            .table("t", COLUMNS, "a", "b", "c", "d");
    site.install();
    return site;
  }

  /** Rows c = from … to-1 of a partition, in batches of which each is one mutation. */
  private void insert(Site site, int a, int from, int to, int perBatch) {
    PreparedStatement insert =
        servers
            .session()
            .prepare(
                "INSERT INTO "
                    + site.keyspace()
                    + ".t (a, b, c, d, v) VALUES (?, 'part', ?, 'd', ?)");
    for (int start = from; start < to; start += perBatch) {
      BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
      for (int c = start; c < Math.min(to, start + perBatch); c++) {
        batch.addStatement(insert.bind(a, c, "row " + c));
      }
      servers.session().execute(batch.build());
    }
  }

  @Test
  void rangesAndPartitionsAreDeletedAndOthersAreNot() {
    Site site = site();
    for (int a = 1; a <= 4; a++) {
      insert(site, a, 0, 30, 30);
    }
    // Looks alike, is another partition.
    site.cql("INSERT INTO KS.t (a, b, c, d, v) VALUES (1, 'part2', 5, 'd', 'stays')");
    site.once();
    site.awaitEqual("t");
    assertThat(site.documents("t")).hasSize(121);

    try (DaemonThread daemon = site.start()) {
      site.cql("DELETE FROM KS.t WHERE a = 1 AND b = 'part' AND c >= 10 AND c < 20");
      site.cql("DELETE FROM KS.t WHERE a = 2 AND b = 'part'");
      site.cql("DELETE FROM KS.t WHERE a = 3 AND b = 'part' AND c = 7");
      site.awaitEqual("t");
      assertThat(site.documents("t"))
          .hasSize(121 - 10 - 30 - 1)
          .containsKey("[1,\"part2\",5,\"d\"]")
          .doesNotContainKey("[1,\"part\",15,\"d\"]");

      // Deleted and filled again, in either order of what is seen.
      site.cql("DELETE FROM KS.t WHERE a = 4 AND b = 'part'");
      insert(site, 4, 25, 35, 10);
      site.cql("DELETE FROM KS.t WHERE a = 4 AND b = 'part' AND c > 32");
      site.awaitEqual("t");
    }
  }

  @Test
  void aStaticColumnChangesEveryRowOfItsPartition() {
    Site site = site();
    insert(site, 1, 0, 20, 20);
    insert(site, 2, 0, 20, 20);
    site.cql("INSERT INTO KS.t (a, b, s) VALUES (3, 'part', 'no rows yet')");
    try (DaemonThread daemon = site.start()) {
      site.cql("UPDATE KS.t SET s = 'all of 1' WHERE a = 1 AND b = 'part'");
      insert(site, 3, 0, 2, 2);
      site.awaitDocuments(
          "t",
          documents -> {
            assertThat(documents).hasSize(42).isEqualTo(site.rows("t"));
            assertThat(documents.values().stream().filter(d -> d.has("s"))).hasSize(22);
          });

      site.cql("DELETE s FROM KS.t WHERE a = 1 AND b = 'part'");
      site.cql("DELETE FROM KS.t WHERE a = 3 AND b = 'part' AND c = 0");
      site.awaitDocuments("t", documents -> assertThat(documents).isEqualTo(site.rows("t")));
    }
  }

  @Test
  void batchesOfManyRowsAreFoldedAndPartitionsOfManyPagesComeOver() {
    Site site = site();
    try (DaemonThread daemon = site.start()) {
      insert(site, 1, 0, 2_000, 500);
      insert(site, 2, 0, 150, 150);
      site.awaitEqual("t");
      assertThat(site.documents("t")).hasSize(2_150);

      site.cql("DELETE FROM KS.t WHERE a = 1 AND b = 'part' AND c >= 300 AND c < 1900");
      site.cql("UPDATE KS.t SET s = 'static' WHERE a = 1 AND b = 'part'");
      site.awaitEqual("t");
      assertThat(site.documents("t")).hasSize(550);

      site.cql("DELETE FROM KS.t WHERE a = 1 AND b = 'part'");
      site.awaitEqual("t");
      assertThat(site.documents("t")).hasSize(150);
    }
    // Folded: one entry for each batch of more than 100 rows.
    assertThat(
            site.cql(
                    "SELECT operation FROM logger.log WHERE logged_keyspace = ?"
                        + " AND operation = 'update-partition' ALLOW FILTERING",
                    site.keyspace())
                .all())
        .hasSize(5);
  }
}
