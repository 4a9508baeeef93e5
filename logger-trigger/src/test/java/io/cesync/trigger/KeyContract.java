package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.protocol.internal.util.Bytes;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys of every type, as the text in the log. */
interface KeyContract extends OnCluster {
  /** Major and minor version: 40, 41, 50. */
  int version();

  static void createTables(KeyContract contract) {
    TestCluster cluster = contract.cluster();
    cluster.cql("CREATE TYPE kind (n int, t text)");
    cluster.createTable("keys", table(contract.keyValues()), Delivery.ATOMIC);
    cluster.createTable(
        "readable", "(p text, c timestamp, d decimal, PRIMARY KEY (p, c, d))", Delivery.ATOMIC);
  }

  private List<KeyValues> keyValues() {
    List<KeyValues> all = new ArrayList<>(KeyValues.scalars());
    all.addAll(KeyValues.composites());
    if (version() >= 50) {
      all.addAll(KeyValues.vectors());
    }
    return all;
  }

  /**
   * Each type once in the partition key, and once as a clustering column, every other one reversed.
   */
  private static String table(List<KeyValues> types) {
    return "("
        + each(types, i -> "p" + i + " " + types.get(i).cql())
        + ", "
        + each(types, i -> "c" + i + " " + types.get(i).cql())
        + ", PRIMARY KEY (("
        + each(types, i -> "p" + i)
        + "), "
        + each(types, i -> "c" + i)
        + ")) WITH CLUSTERING ORDER BY ("
        + each(types, i -> "c" + i + (i % 2 == 0 ? " DESC" : " ASC"))
        + ")";
  }

  private static String each(List<?> types, java.util.function.IntFunction<String> text) {
    return IntStream.range(0, types.size()).mapToObj(text).collect(Collectors.joining(", "));
  }

  @Test
  default void everyTypeComesBackByteForByte() {
    List<KeyValues> types = keyValues();
    int columns = 2 * types.size();
    String names = each(types, i -> "p" + i) + ", " + each(types, i -> "c" + i);
    PreparedStatement insert =
        cluster()
            .session
            .prepare(
                "INSERT INTO keys (" + names + ") VALUES (?" + ", ?".repeat(columns - 1) + ")");
    int rows = types.stream().mapToInt(type -> type.values().size()).max().orElseThrow();
    for (int row = 0; row < rows; row++) {
      int known = cluster().log("keys").size();
      List<ByteBuffer> key = new ArrayList<>();
      BoundStatementBuilder bound = insert.boundStatementBuilder();
      for (int i = 0; i < columns; i++) {
        int index = i < types.size() ? row : row + 1;
        key.add(types.get(i % types.size()).serialized(index, type(insert, i)));
        bound = bound.setBytesUnsafe(i, key.get(i).duplicate());
      }
      cluster().session.execute(bound.build());

      List<LogEntry> entries = cluster().log("keys");
      assertThat(entries).hasSize(known + 1);
      JsonNode logged = KeyText.parse(entries.get(known).key());
      assertThat(logged).hasSize(columns);
      List<String> loggedNames = new ArrayList<>();
      logged.fieldNames().forEachRemaining(loggedNames::add);
      assertThat(String.join(", ", loggedNames)).isEqualTo(names);
      for (int i = 0; i < columns; i++) {
        JsonNode value = logged.get(loggedNames.get(i));
        assertThat(Bytes.toHexString(KeyText.value(value, type(insert, i))))
            .as("%s as %s", types.get(i % types.size()).cql(), value)
            .isEqualTo(Bytes.toHexString(key.get(i)));
      }
    }
  }

  private static DataType type(PreparedStatement statement, int i) {
    return statement.getVariableDefinitions().get(i).getType();
  }

  @Test
  default void keysAreReadable() {
    cluster()
        .cql(
            "INSERT INTO readable (p, c, d)"
                + " VALUES ('Zoë \"Z\"', '2026-01-02T03:04:05.678Z', 1.20)");
    assertThat(cluster().log("readable"))
        .singleElement()
        .extracting(LogEntry::key)
        .isEqualTo("{\"p\":\"Zoë \\\"Z\\\"\",\"c\":\"2026-01-02T03:04:05.678Z\",\"d\":\"1.20\"}");
  }
}
