package io.cesync.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.SchemaChangeListenerBase;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.Serialized;
import io.cesync.inspect.Inspector;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import io.cesync.mapping.ColumnRules;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.TableMapping;
import io.cesync.settings.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Writing rows to a real Cassandra. */
@ExtendWith(LiveServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowWriterIT {

  private static final String COLUMNS =
      "p int, c int, v int, \"select\" text, s int static, l list<int>, m map<text, int>,"
          + " f frozen<set<int>>, PRIMARY KEY (p, c)";

  private final LiveServers servers;
  private Path directory;
  private Site site;
  private CqlSession session;
  private TableMapping mapping;
  private RowWriter writer;

  RowWriterIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeAll
  void open(@TempDir Path directory) {
    this.directory = directory;
    session =
        CassandraConnection.open(
            new Site(servers, directory).listed("t", "").settings().cassandra(),
            new SchemaChangeListenerBase() {});
  }

  private void table(String name, String columns) {
    site = new Site(servers, directory).table(name, columns);
    session.refreshSchema();
    mapping =
        TableMapping.of(
            Inspector.metadata(session, new TableName(site.keyspace(), name.replace("\"", "")))
                .orElseThrow(),
            ColumnRules.ALL);
    writer = new RowWriter(session, mapping, nanos -> {});
  }

  @AfterAll
  void close() {
    if (session != null) {
      session.close();
    }
  }

  private static ByteBuffer of(int value) {
    return ByteBuffer.allocate(4).putInt(0, value);
  }

  private static ByteBuffer of(String value) {
    return ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer list(Integer... values) {
    return Serialized.list(Arrays.stream(values).map(RowWriterIT::of).toList());
  }

  /** A map, from each of its parts in turn. */
  private static ByteBuffer map(ByteBuffer... parts) {
    return Serialized.list(List.of(parts)).putInt(0, parts.length / 2);
  }

  private RowKey key(int... values) {
    return mapping
        .keys()
        .ofValues(Arrays.stream(values).mapToObj(RowWriterIT::of).toArray(ByteBuffer[]::new));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void update(long timestamp, String column, ByteBuffer value) {
    Map<String, ByteBuffer> cells = new HashMap<>();
    cells.put(column, value);
    await(writer.write(key(1, 1), cells, timestamp, false));
  }

  private Row row() {
    return site.cql("SELECT * FROM KS.t WHERE p = 1 AND c = 1").one();
  }

  @Test
  void insertedRowHasItsCellsAtItsTime() {
    table("t", COLUMNS);
    await(
        writer.write(
            key(1, 1),
            Map.of("v", of(5), "select", of("ü"), "s", of(6), "f", list(1, 2)),
            100,
            true));

    assertThat(row().getInt("v")).isEqualTo(5);
    assertThat(row().getString("\"select\"")).isEqualTo("ü");
    assertThat(row().getInt("s")).isEqualTo(6);
    assertThat(row().getSet("f", Integer.class)).isEqualTo(Set.of(1, 2));
    assertThat(row().isNull("m")).isTrue();
    Row times =
        site.cql("SELECT writetime(v), writetime(\"select\"), writetime(s), writetime(f) FROM KS.t")
            .one();
    for (int i = 0; i < 4; i++) {
      assertThat(times.getLong(i)).isEqualTo(100);
    }
    update(101, "v", null);
    update(101, "select", null);
    update(101, "f", null);
    assertThat(row()).as("it was inserted").isNotNull();
    assertThat(row().isNull("v")).isTrue();
  }

  @Test
  void updatedRowIsThereAsLongAsAColumnIs() {
    table("t", COLUMNS);
    update(100, "v", of(1));
    assertThat(row().getInt("v")).isEqualTo(1);
    update(101, "v", null);
    assertThat(row()).isNull();
  }

  @Test
  void insertMayClearColumns() {
    table("t", COLUMNS);
    update(100, "v", of(1));
    Map<String, ByteBuffer> cells = new HashMap<>();
    cells.put("v", null);
    await(writer.write(key(1, 1), cells, 101, true));

    assertThat(row()).isNotNull();
    assertThat(row().isNull("v")).isTrue();
  }

  @Test
  void whatIsNewerStays() {
    table("t", COLUMNS);
    site.cql("INSERT INTO KS.t (p, c, v, \"select\") VALUES (1, 1, 1, 'a') USING TIMESTAMP 100");
    await(writer.write(key(1, 1), Map.of("v", of(2), "select", of("b"), "s", of(3)), 99, false));
    assertThat(row().getInt("v")).isEqualTo(1);
    assertThat(row().getString("\"select\"")).isEqualTo("a");
    assertThat(row().getInt("s")).isEqualTo(3);
    update(99, "v", null);
    assertThat(row().getInt("v")).isEqualTo(1);

    update(101, "v", of(2));
    assertThat(row().getInt("v")).isEqualTo(2);
    assertThat(row().getString("\"select\"")).as("no part of the update").isEqualTo("a");
  }

  @Test
  void collectionsAreReplacedAsAWhole() {
    table("t", COLUMNS);
    site.cql("UPDATE KS.t USING TIMESTAMP 100 SET m = {'a': 1}, l = [1] WHERE p = 1 AND c = 1");
    site.cql("UPDATE KS.t USING TIMESTAMP 300 SET m['b'] = 1, l = l + [9] WHERE p = 1 AND c = 1");
    update(200, "m", map(of("c"), of(3)));
    update(200, "l", list(7, 8));

    assertThat(row().getMap("m", String.class, Integer.class))
        .as("what was written later stays")
        .isEqualTo(Map.of("b", 1, "c", 3));
    assertThat(row().getList("l", Integer.class)).containsExactlyInAnyOrder(7, 8, 9);
    update(400, "m", null);
    update(400, "l", null);
    assertThat(row()).isNull();
  }

  @Test
  void repeatedWriteIsOnlyForListsNotTheSame() {
    table("t", COLUMNS);
    for (int i = 0; i < 2; i++) {
      await(
          writer.write(
              key(1, 1), Map.of("v", of(1), "m", map(of("c"), of(3)), "l", list(7, 8)), 200, true));
    }
    assertThat(row().getMap("m", String.class, Integer.class)).isEqualTo(Map.of("c", 3));
    assertThat(row().getList("l", Integer.class))
        .as("why the driver must not repeat it")
        .containsExactly(7, 8, 7, 8);

    update(201, "l", list(7, 8));
    assertThat(row().getList("l", Integer.class)).containsExactly(7, 8);
  }

  @Test
  void staticColumnsAreThePartitions() {
    table("t", COLUMNS);
    await(writer.write(key(1, 2), Map.of("v", of(2)), 100, true));
    update(100, "s", of(5));
    assertThat(row()).as("a static column makes no row").isNull();
    Row other = site.cql("SELECT * FROM KS.t WHERE p = 1 AND c = 2").one();
    assertThat(other.getInt("s")).isEqualTo(5);

    await(writer.write(key(1, 1), Map.of("s", of(6), "v", of(1)), 101, false));
    assertThat(row().getInt("v")).isEqualTo(1);
    assertThat(row().getInt("s")).isEqualTo(6);
    await(writer.delete(key(1, 1), 200));
    await(writer.delete(key(1, 2), 200));
    assertThat(site.cql("SELECT s FROM KS.t WHERE p = 1").one().getInt("s")).isEqualTo(6);
    update(201, "s", null);
    assertThat(site.cql("SELECT s FROM KS.t WHERE p = 1").all()).isEmpty();
  }

  @Test
  void tableOfNothingButItsKey() {
    table("t", "p int, c int, PRIMARY KEY (p, c)");
    await(writer.write(key(1, 1), Map.of(), 100, false));
    assertThat(row()).isNull();
    await(writer.write(key(1, 1), Map.of(), 100, true));
    assertThat(row()).isNotNull();
    await(writer.delete(key(1, 1), 99));
    assertThat(row()).isNotNull();
    await(writer.delete(key(1, 1), 100));
    assertThat(row()).isNull();
  }

  @Test
  void deleteLeavesWhatIsNewer() {
    table("t", COLUMNS);
    await(writer.write(key(1, 1), Map.of("v", of(1), "select", of("a")), 100, true));
    update(300, "select", of("b"));
    await(writer.delete(key(1, 1), 200));

    assertThat(row().isNull("v")).isTrue();
    assertThat(row().getString("\"select\"")).isEqualTo("b");
    await(writer.delete(key(1, 1), 300));
    assertThat(row()).isNull();
  }

  @Test
  void rowsThatAreWrittenTogetherAreEachWritten() {
    table("t", COLUMNS);
    RowBatch batch = writer.batch();
    List<CompletionStage<Void>> written = new ArrayList<>();
    for (int i = 0; i < 95; i++) {
      written.add(batch.write(key(i, 1), Map.of("v", of(i), "f", list(i)), 100 + i, true));
    }
    CompletionStage<Void> unknown = batch.write(key(7, 7), Map.of("nosuch", of(1)), 100, true);
    CompletionStage<Void> large =
        batch.write(key(200, 1), Map.of("select", of("x".repeat(20_000))), 100, true);
    batch.send();

    written.forEach(RowWriterIT::await);
    await(large);
    assertThatThrownBy(() -> await(unknown)).hasRootCauseInstanceOf(IllegalArgumentException.class);
    List<Row> rows = site.cql("SELECT p, v, writetime(v) FROM KS.t").all();
    assertThat(rows).hasSize(96);
    rows.stream()
        .filter(row -> row.getInt("p") < 95)
        .forEach(
            row -> {
              assertThat(row.getInt("v")).isEqualTo(row.getInt("p"));
              assertThat(row.getLong(2)).isEqualTo(100 + row.getInt("p"));
            });
  }

  @Test
  void rowsThatAreRefusedTogetherEachFail() {
    table("t", COLUMNS);
    RowBatch batch = writer.batch();
    List<CompletionStage<Void>> written = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // No int, which Cassandra refuses.
      written.add(batch.write(key(i, 1), Map.of("v", of("12345")), 100, true));
    }
    batch.send();

    for (CompletionStage<Void> each : written) {
      assertThatThrownBy(() -> await(each)).hasRootCauseInstanceOf(InvalidQueryException.class);
    }
    assertThat(site.cql("SELECT p FROM KS.t").all()).isEmpty();
  }

  @Test
  void namesAreQuoted() {
    table("\"order\"", "\"P p\" int PRIMARY KEY, \"V\"\"v\" int, \"from\" int");
    await(writer.write(key(1), Map.of("V\"v", of(1), "from", of(2)), 100, true));
    await(writer.write(key(1), Map.of("V\"v", of(3)), 101, false));
    assertThat(site.cql("SELECT \"V\"\"v\" FROM KS.\"order\"").one().getInt(0)).isEqualTo(3);
    await(writer.delete(key(1), 102));
    assertThat(site.cql("SELECT * FROM KS.\"order\"").all()).isEmpty();
  }

  @Test
  void moreSetsOfColumnsThanAreRemembered() {
    StringBuilder columns = new StringBuilder("p int PRIMARY KEY");
    for (int i = 0; i < 9; i++) {
      columns.append(", v").append(i).append(" int");
    }
    table("t", columns.toString());
    for (int round = 1; round <= 2; round++) {
      for (int set = 1; set < 1 << 9; set++) {
        Map<String, ByteBuffer> cells = new HashMap<>();
        for (int i = 0; i < 9; i++) {
          if ((set >> i & 1) == 1) {
            cells.put("v" + i, of(set * round));
          }
        }
        await(writer.write(key(set), cells, round, false));
      }
    }
    for (Row row : site.cql("SELECT * FROM KS.t")) {
      int set = row.getInt("p");
      for (int i = 0; i < 9; i++) {
        assertThat(row.get("v" + i, Integer.class)).isEqualTo((set >> i & 1) == 1 ? set * 2 : null);
      }
    }
  }

  @Test
  void whatCannotBeWrittenIsSaid() {
    table("t", COLUMNS);
    assertThatThrownBy(() -> await(writer.write(key(1, 1), Map.of("c", of(2)), 1, false)))
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(writer.write(key(1, 1), Map.of("x", of(2)), 1, true)))
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(writer.delete(key(1), 1)))
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> await(writer.delete(new RowKey("{\"p\":1,\"c\":\"x\"}", 6, false), 1)))
        .hasCauseInstanceOf(InvalidKeyException.class);
  }
}
