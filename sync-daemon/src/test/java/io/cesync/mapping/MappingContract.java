package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.MapType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.Indices;
import io.cesync.document.ServerVersion;
import io.cesync.local.SearchServer;
import io.cesync.local.SearchSpec;
import io.cesync.row.RowKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The derived mapping on a real server: it takes every document, keeps it, and finds it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MappingContract {
  private SearchServer server;
  private SearchClient client;
  private SearchFlavor flavor;

  abstract SearchSpec spec();

  @BeforeAll
  void start() throws Exception {
    server = spec().start();
    ServerVersion version = versionOf(server);
    flavor = version.flavor();
    boolean hidesVectors =
        !version.openSearch()
            && (version.major() > 9 || (version.major() == 9 && version.minor() >= 2));
    client = new SearchClient(server, flavor.old() ? "doc" : null, hidesVectors);
  }

  private static ServerVersion versionOf(SearchServer server) throws Exception {
    RestClient rest = RestClient.builder(HttpHost.create(server.uri().toString())).build();
    try (var asking = new io.cesync.document.SearchClient(rest)) {
      return new Indices(asking).version();
    }
  }

  private SearchFlavor flavor() {
    return flavor;
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static ByteBuffer id(int id) {
    return ByteBuffer.allocate(4).putInt(0, id);
  }

  /**
   * Indexes rows with a column per type: the first with the first value of each type, and so on.
   * All must be taken, and come back the same.
   */
  private void takesAndKeeps(String index, List<DataType> types, List<List<ByteBuffer>> values)
      throws Exception {
    Tables columns = Tables.keyedBy("id", DataTypes.INT);
    for (int i = 0; i < types.size(); i++) {
      columns.regular("v" + i, types.get(i));
    }
    TableMapping table = columns.mapping();
    client.create(index, IndexMapping.of(table, flavor()));

    int most = values.stream().mapToInt(List::size).max().orElseThrow();
    List<ByteBuffer[]> rows = new ArrayList<>();
    List<byte[]> documents = new ArrayList<>();
    for (int row = 0; row < most; row++) {
      ByteBuffer[] cells = new ByteBuffer[types.size() + 1];
      cells[0] = id(row);
      for (int i = 0; i < types.size(); i++) {
        cells[i + 1] = row < values.get(i).size() ? values.get(i).get(row) : null;
      }
      rows.add(cells);
      documents.add(table.document(Tables.row(cells)));
    }
    client.index(index, documents);
    Map<Integer, JsonNode> sources = client.search(index, "{\"match_all\":{}}");
    assertThat(sources).hasSize(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      assertThat(table.values(sources.get(row)).values()).containsExactly(rows.get(row));
    }
    assertThat(IndexMapping.problems(table, client.mapping(index))).isEmpty();
    assertThat(IndexMapping.missing(table, client.mapping(index), flavor()))
        .hasToString("{\"properties\":{}}");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyTypeAnyValue(long seed) throws Exception {
    Random random = new Random(seed);
    JqwikSession.start();
    try {
      List<DataType> types = new ArrayList<>();
      List<List<ByteBuffer>> values = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        DataType type = next(CqlArbitraries.type(3), random);
        types.add(type);
        values.add(
            Stream.generate(() -> next(CqlArbitraries.value(type), random)).limit(50).toList());
      }
      takesAndKeeps("any" + seed, types, values);
    } finally {
      JqwikSession.finish();
    }
  }

  private static <T> T next(Arbitrary<T> arbitrary, Random random) {
    return arbitrary.generator(1000).next(random).value();
  }

  /** Everything that a server was seen to refuse, in one form or another. */
  @Test
  void extremes() throws Exception {
    Map<DataType, List<ByteBuffer>> all = Extremes.all();
    takesAndKeeps("extremes", List.copyOf(all.keySet()), List.copyOf(all.values()));
  }

  /** A value that a query finds, and another that it doesn't. */
  record Found(DataType type, String wanted, String other, String query) {}

  static List<Found> found() {
    String id = "\"00000000-0000-0000-0000-00000000000";
    return List.of(
        new Found(
            DataTypes.TEXT, "\"the quick fox\"", "\"the dog\"", "{\"match\":{\"v\":\"Quick\"}}"),
        new Found(
            DataTypes.TEXT,
            "\"the quick fox\"",
            "\"the quick fox jumps\"",
            "{\"term\":{\"v.keyword\":\"the quick fox\"}}"),
        new Found(DataTypes.SMALLINT, "7", "-7", "{\"range\":{\"v\":{\"gt\":0}}}"),
        new Found(
            DataTypes.BIGINT,
            "9223372036854775807",
            "9223372036854775806",
            "{\"term\":{\"v\":9223372036854775807}}"),
        new Found(
            DataTypes.VARINT,
            "123456789012345678901",
            "123456789012345678902",
            "{\"term\":{\"v\":\"123456789012345678901\"}}"),
        new Found(
            DataTypes.VARINT,
            "123456789012345678901",
            "5",
            "{\"range\":{\"v.number\":{\"gt\":1e18}}}"),
        new Found(DataTypes.DECIMAL, "1.10", "1.1", "{\"term\":{\"v\":\"1.10\"}}"),
        new Found(DataTypes.DECIMAL, "1.10", "2", "{\"range\":{\"v.number\":{\"lt\":1.2}}}"),
        new Found(DataTypes.DOUBLE, "2.5", "\"NaN\"", "{\"range\":{\"v\":{\"gt\":0}}}"),
        new Found(DataTypes.BOOLEAN, "true", "false", "{\"term\":{\"v\":true}}"),
        new Found(
            DataTypes.INET,
            "\"10.1.2.3\"",
            "\"2001:db8:0:0:0:0:0:1\"",
            "{\"term\":{\"v\":\"10.0.0.0/8\"}}"),
        new Found(
            DataTypes.DATE,
            "\"2026-01-31\"",
            "\"+10000-01-01\"",
            "{\"range\":{\"v\":{\"gte\":\"2026-01-01\",\"lt\":\"2026-02-01\"}}}"),
        new Found(
            DataTypes.TIMESTAMP,
            "\"2026-01-31T12:00:00.001Z\"",
            "\"2026-01-31T12:00:00Z\"",
            "{\"range\":{\"v\":{\"gte\":\"2026-01-31T12:00:00.001Z\"}}}"),
        new Found(
            DataTypes.TIME,
            "\"13:00:00.000000001\"",
            "\"13:00:00.000000000\"",
            "{\"range\":{\"v\":{\"gt\":\"13:00:00.000000000\"}}}"),
        new Found(DataTypes.UUID, id + "a\"", id + "b\"", "{\"term\":{\"v\":" + id + "a\"}}"),
        new Found(DataTypes.listOf(DataTypes.INT), "[1,2]", "[3]", "{\"term\":{\"v\":2}}"),
        new Found(
            DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT),
            "{\"a\":1,\"b.c\":2}",
            "{\"a\":2}",
            "{\"term\":{\"v.b.c\":\"2\"}}"),
        new Found(
            DataTypes.mapOf(DataTypes.INT, DataTypes.INT),
            "{\"5\":1}",
            "{\"5\":2}",
            "{\"term\":{\"v.5\":\"1\"}}"),
        new Found(
            DataTypes.tupleOf(DataTypes.INT, DataTypes.TEXT),
            "{\"0\":1}",
            "{\"0\":2,\"1\":\"x\"}",
            "{\"term\":{\"v.0\":1}}"),
        new Found(
            Tables.udt(false, "x.y", DataTypes.INT),
            "{\"x_y\":1}",
            "{\"x_y\":2}",
            "{\"term\":{\"v.x_y\":1}}"));
  }

  @Test
  void valuesAreFound() throws Exception {
    List<Found> cases =
        found().stream()
            .filter(found -> !(found.type() instanceof MapType) || !flavor.mapType().isEmpty())
            .toList();
    Tables columns = Tables.keyedBy("id", DataTypes.INT);
    StringBuilder wanted = new StringBuilder("{\"id\":0");
    StringBuilder other = new StringBuilder("{\"id\":1");
    for (int i = 0; i < cases.size(); i++) {
      columns.regular("v" + i, cases.get(i).type());
      wanted.append(",\"v").append(i).append("\":").append(cases.get(i).wanted());
      other.append(",\"v").append(i).append("\":").append(cases.get(i).other());
    }
    TableMapping table = columns.mapping();
    client.create("found", IndexMapping.of(table, flavor()));
    List<byte[]> documents = new ArrayList<>();
    for (StringBuilder json : List.of(wanted.append('}'), other.append('}'))) {
      byte[] utf8 = json.toString().getBytes(StandardCharsets.UTF_8);
      Collection<ByteBuffer> row = table.values(Documents.read(utf8)).values();
      documents.add(table.document(Tables.row(row.toArray(ByteBuffer[]::new))));
    }
    client.index("found", documents);
    for (int i = 0; i < cases.size(); i++) {
      String query = cases.get(i).query().replace("\"v", "\"v" + i);
      assertThat(client.search("found", query)).as(cases.get(i).toString()).containsOnlyKeys(0);
    }
  }

  /** Whatever the key's type and value. */
  @Test
  void partitionsAreFound() throws Exception {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = mapping.putObject("properties");
    Map<Integer, ObjectNode> queries = new TreeMap<>();
    List<byte[]> documents = new ArrayList<>();
    for (DataType type : CqlArbitraries.SCALARS) {
      TableMapping table =
          Tables.keyedBy("k" + type, type).clustering("c", DataTypes.INT).mapping();
      properties.setAll((ObjectNode) IndexMapping.of(table, flavor()).path("properties"));
      for (ByteBuffer key : Extremes.keys(type)) {
        RowKey partition = table.keys().ofValues(key);
        queries.put(documents.size(), PartitionQuery.of(table, partition));
        documents.add(table.document(Tables.row(key, id(1))));
      }
    }
    client.create("partitions", mapping);
    client.index("partitions", documents);
    for (Map.Entry<Integer, ObjectNode> query : queries.entrySet()) {
      assertThat(client.search("partitions", query.getValue().toString()))
          .as(query.getValue().toString())
          .containsOnlyKeys(query.getKey());
    }
  }

  @Test
  void odderKeysAreAmongWhatIsFound() throws Exception {
    DataType list = DataTypes.frozenListOf(DataTypes.INT);
    TableMapping table = Tables.keyedBy("k", DataTypes.INT).partition("l", list).mapping();
    client.create("odder", IndexMapping.of(table, flavor()));
    ByteBuffer empty = ByteBuffer.allocate(4);
    ByteBuffer noInt = ByteBuffer.allocate(0);
    client.index(
        "odder",
        List.of(
            table.document(Tables.row(noInt, empty)),
            table.document(Tables.row(id(1), empty)),
            table.document(Tables.row(id(2), empty))));
    RowKey one = table.keys().ofValues(id(1), empty);
    RowKey odd = table.keys().ofValues(noInt, empty);
    assertThat(client.search("odder", PartitionQuery.of(table, one).toString()))
        .containsOnlyKeys(1);
    assertThat(client.search("odder", PartitionQuery.of(table, odd).toString())).containsKey(0);
  }

  /** Columns and fields that are added while documents come in. */
  @Test
  void schemaGrows() throws Exception {
    TableMapping before =
        Tables.keyedBy("id", DataTypes.INT)
            .regular("u", Tables.udt(true, "x", DataTypes.INT))
            .mapping();
    DataType map = DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT);
    DataType udt = Tables.udt(true, "x", DataTypes.INT, "y", DataTypes.INT);
    TableMapping after =
        Tables.keyedBy("id", DataTypes.INT).regular("u", udt).regular("new", map).mapping();
    client.create("grows", IndexMapping.of(before, flavor()));
    byte[] json =
        "{\"id\":0,\"u\":{\"x\":1,\"y\":2},\"new\":{\"a.b\":1,\".\":2,\"a\":3}}"
            .getBytes(StandardCharsets.UTF_8);
    Map<String, ByteBuffer> values = after.values(Documents.read(json));
    byte[] document = after.document(Tables.row(values.values().toArray(ByteBuffer[]::new)));
    client.index("grows", List.of(document)); // taken before the index knows
    String query = "{\"term\":{\"u.y\":2}}";
    assertThat(client.search("grows", query)).isEmpty();

    JsonNode missing = IndexMapping.missing(after, client.mapping("grows"), flavor());
    client.addToMapping("grows", missing);
    client.index("grows", List.of(document));
    Map<Integer, JsonNode> found = client.search("grows", query);
    assertThat(found).containsOnlyKeys(0);
    assertThat(after.values(found.get(0))).isEqualTo(values);
  }
}
