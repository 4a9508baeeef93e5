package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IndexMappingTest {
  private static final SearchFlavor ELASTICSEARCH = SearchFlavor.elasticsearch(8, 19);
  private static final SearchFlavor OPENSEARCH = SearchFlavor.openSearch(2, 19);
  private static final String KEYWORD = "{\"type\":\"keyword\",\"ignore_above\":8191}";
  private static final String TEXT = "{\"type\":\"text\",\"fields\":{\"keyword\":" + KEYWORD + "}}";
  private static final String DATE =
      "{\"type\":\"date\",\"format\":\"strict_date_optional_time\",\"ignore_malformed\":true";

  static Stream<Arguments> fields() {
    String number =
        "{\"type\":\"keyword\",\"ignore_above\":8191,"
            + "\"fields\":{\"number\":{\"type\":\"double\",\"ignore_malformed\":true}}}";
    String beside = ",\"fields\":{\"keyword\":{\"type\":\"keyword\"}}}";
    return Stream.of(
        Arguments.of(DataTypes.TEXT, TEXT, "{\"type\":\"keyword\"}"),
        Arguments.of(DataTypes.BLOB, "{\"type\":\"binary\"}", "{\"type\":\"keyword\"}"),
        Arguments.of(DataTypes.UUID, KEYWORD, "{\"type\":\"keyword\"}"),
        Arguments.of(DataTypes.TIME, KEYWORD, "{\"type\":\"keyword\"}"),
        Arguments.of(DataTypes.INT, "{\"type\":\"integer\"}", "{\"type\":\"integer\"}"),
        Arguments.of(DataTypes.DECIMAL, number, number),
        Arguments.of(
            DataTypes.DOUBLE,
            "{\"type\":\"double\",\"ignore_malformed\":true}",
            "{\"type\":\"double\",\"ignore_malformed\":true" + beside),
        Arguments.of(DataTypes.TIMESTAMP, DATE + "}", DATE + beside),
        Arguments.of(
            DataTypes.frozenSetOf(DataTypes.INT),
            "{\"type\":\"integer\"}",
            "{\"type\":\"integer\"}"));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void keyColumnsAreFoundExactly(DataType type, String regular, String key) {
    TableMapping table = Tables.keyedBy("k", type).regular("v", type).mapping();
    JsonNode properties = IndexMapping.of(table, ELASTICSEARCH).path("properties");
    assertThat(properties.path("v")).hasToString(regular);
    assertThat(properties.path("k")).hasToString(key);
  }

  @Test
  void structures() throws Exception {
    DataType vector = DataTypes.vectorOf(DataTypes.FLOAT, 4);
    DataType udt = Tables.udt(false, "a.b", DataTypes.INT, "v", vector);
    TableMapping table =
        Tables.keyedBy("k", DataTypes.INT)
            .regular("udt", udt)
            .regular("udts", DataTypes.listOf(udt))
            .regular("tuple", DataTypes.tupleOf(DataTypes.INT, DataTypes.BOOLEAN))
            .regular("map", DataTypes.mapOf(DataTypes.UUID, DataTypes.TEXT))
            .regular(
                "mapOfLists", DataTypes.mapOf(DataTypes.frozenListOf(DataTypes.INT), DataTypes.INT))
            .mapping();
    ObjectNode mapping = IndexMapping.of(table, ELASTICSEARCH);
    assertThat(mapping.path("dynamic").isBoolean()).isTrue();
    assertThat(mapping)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"dynamic": false, "properties": {
                      "k": {"type": "integer"},
                      "udt": {"type": "object", "properties": {
                        "a_b": {"type": "integer"},
                        "v": {"type": "dense_vector", "dims": 4, "index": true, "similarity": "l2_norm"}}},
                      "udts": {"type": "object", "properties": {
                        "a_b": {"type": "integer"},
                        "v": {"type": "float", "ignore_malformed": true}}},
                      "tuple": {"type": "object", "properties": {"0": {"type": "integer"}, "1": {"type": "boolean"}}},
                      "map": {"type": "flattened", "ignore_above": 4096},
                      "mapOfLists": {"type": "object", "properties": {
                        "key": {"type": "integer"}, "value": {"type": "integer"}}},
                      "$raw": {"type": "object", "enabled": false}}}
                    """));
  }

  /** What a server can't search it still has to keep. */
  @Test
  void serversWithoutSomeTypes() {
    TableMapping table =
        Tables.keyedBy("k", DataTypes.INT)
            .regular("texts", DataTypes.mapOf(DataTypes.TEXT, DataTypes.TEXT))
            .regular("ints", DataTypes.mapOf(DataTypes.TEXT, DataTypes.INT))
            .regular("vector", DataTypes.vectorOf(DataTypes.FLOAT, 5000))
            .mapping();
    JsonNode elasticsearch =
        IndexMapping.of(table, ELASTICSEARCH.withoutMapType()).path("properties");
    assertThat(elasticsearch.path("ints")).hasToString("{\"type\":\"object\",\"enabled\":false}");
    assertThat(elasticsearch.path("vector").path("type").asText()).isEqualTo("float");
    JsonNode openSearch = IndexMapping.of(table, OPENSEARCH).path("properties");
    assertThat(openSearch.path("texts")).hasToString("{\"type\":\"object\",\"enabled\":false}");
    assertThat(openSearch.path("ints")).hasToString("{\"type\":\"flat_object\"}");
  }

  @Test
  void depthIsLimited() {
    DataType type = DataTypes.TEXT;
    for (int i = 0; i < 30; i++) {
      type = Tables.udt(true, "x", type);
    }
    JsonNode field =
        IndexMapping.of(
                Tables.keyedBy("k", DataTypes.INT).regular("v", type).mapping(), ELASTICSEARCH)
            .path("properties")
            .path("v");
    int depth = 1;
    for (; field.has("properties"); field = field.path("properties").path("x")) {
      depth++;
    }
    assertThat(depth).isLessThan(20);
    assertThat(field).hasToString("{\"type\":\"object\",\"enabled\":false}");
  }

  @Test
  void onlyWhatIsMissingIsAdded() throws Exception {
    TableMapping before =
        Tables.keyedBy("k", DataTypes.INT)
            .regular("u", Tables.udt(true, "x", DataTypes.INT))
            .regular("off", Tables.udt(true, "x", DataTypes.INT))
            .mapping();
    DataType udt = Tables.udt(true, "x", DataTypes.INT, "y", DataTypes.BOOLEAN);
    TableMapping after =
        Tables.keyedBy("k", DataTypes.INT)
            .regular("u", udt)
            .regular("off", udt)
            .regular("new", DataTypes.INT)
            .mapping();
    ObjectNode existing = IndexMapping.of(before, ELASTICSEARCH);
    ((ObjectNode) existing.path("properties").path("off")).put("enabled", false);
    assertThat(IndexMapping.missing(before, existing, ELASTICSEARCH))
        .hasToString("{\"properties\":{}}");
    assertThat(IndexMapping.missing(after, existing, ELASTICSEARCH))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"properties": {
                      "u": {"properties": {"y": {"type": "boolean"}}},
                      "new": {"type": "integer"}}}
                    """));
  }

  @Provide
  Arbitrary<DataType> types() {
    return CqlArbitraries.type(3);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void derivedMappingHasNoProblems(@ForAll("types") DataType type) {
    TableMapping table = Tables.keyedBy("k", type).regular("v", type).mapping();
    for (SearchFlavor flavor :
        List.of(ELASTICSEARCH, OPENSEARCH, SearchFlavor.elasticsearch(7, 17))) {
      assertThat(IndexMapping.problems(table, IndexMapping.of(table, flavor))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          text       | {"type":"long"}                            | refuses
          text       | {"type":"keyword"}                         | without ignore_above
          text       | {"type":"keyword","ignore_above":256}      |
          int        | {"type":"short"}                           | without ignore_malformed
          int        | {"type":"short","ignore_malformed":true}   |
          int        | {"type":"long"}                            |
          int        | {"type":"keyword"}                         |
          double     | {"type":"double"}                          | without ignore_malformed
          uuid       | {"type":"keyword"}                         |
          timestamp  | {"type":"date"}                            | without ignore_malformed
          blob       | {"type":"text"}                            |
          boolean    | {"properties":{"x":{"type":"text"}}}       | refuses
          list       | {"type":"integer"}                         |
          list       | {"type":"flattened"}                       | refuses
          map        | {"properties":{"x":{"type":"text"}}}       | a field for each key
          map        | {"type":"flattened"}                       | without ignore_above
          map        | {"type":"object","enabled":false}          |
          udt        | {"type":"keyword"}                         | the values are objects
          udt        | {"properties":{"x":{"type":"text"}}}       | without ignore_malformed
          udt        | {"type":"nested","dynamic":"strict"}       | strict
          vector     | {"type":"dense_vector","dims":2}           | l2_norm
          vector     | {"type":"dense_vector","dims":3,"similarity":"l2_norm"}  | dimensions
          vector     | {"type":"dense_vector","similarity":"l2_norm"}           |
          vector     | {"type":"float","ignore_malformed":true}   |
          """)
  void existingFieldThatRefusesValuesIsAProblem(String type, String field, String problem)
      throws Exception {
    DataType dataType =
        switch (type) {
          case "text" -> DataTypes.TEXT;
          case "int" -> DataTypes.INT;
          case "double" -> DataTypes.DOUBLE;
          case "uuid" -> DataTypes.UUID;
          case "timestamp" -> DataTypes.TIMESTAMP;
          case "blob" -> DataTypes.BLOB;
          case "boolean" -> DataTypes.BOOLEAN;
          case "list" -> DataTypes.listOf(DataTypes.INT);
          case "map" -> DataTypes.mapOf(DataTypes.TEXT, DataTypes.TEXT);
          case "udt" ->
              Tables.udt(false, "x", Tables.udt(true, "y", DataTypes.INT), "z", DataTypes.INT);
          default -> DataTypes.vectorOf(DataTypes.FLOAT, 2);
        };
    if (type.equals("udt") && field.contains("text")) {
      dataType = Tables.udt(false, "x", DataTypes.INT, "z", DataTypes.FLOAT);
      field = "{\"properties\":{\"x\":{\"type\":\"text\"},\"z\":{\"type\":\"float\"}}}";
    }
    assertProblem(
        Tables.keyedBy("k", DataTypes.INT).regular("v", dataType).mapping(), field, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          text   | {"type":"text"}                                               | exactly
          text   | {"type":"keyword"}                                            |
          int    | {"type":"double"}                                             | exactly
          int    | {"type":"long"}                                               |
          int    | {"type":"object","enabled":false}                             | exactly
          double | {"type":"double","ignore_malformed":true}                     | sub-field keyword
          """)
  void keyThatCannotBeFoundIsAProblem(String type, String field, String problem) throws Exception {
    DataType dataType =
        switch (type) {
          case "text" -> DataTypes.TEXT;
          case "int" -> DataTypes.INT;
          default -> DataTypes.DOUBLE;
        };
    assertProblem(Tables.keyedBy("v", dataType).mapping(), field, problem);
  }

  private static void assertProblem(TableMapping table, String field, String problem)
      throws Exception {
    JsonNode existing = new ObjectMapper().readTree("{\"properties\":{\"v\":" + field + "}}");
    List<MappingProblem> problems = IndexMapping.problems(table, existing);
    if (problem == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).isNotEmpty();
      assertThat(problems).first().asString().startsWith("v").contains(problem);
    }
  }

  @Test
  void strictIndexWithoutAField() throws Exception {
    TableMapping table = Tables.keyedBy("k", DataTypes.INT).regular("v", DataTypes.INT).mapping();
    JsonNode existing =
        new ObjectMapper()
            .readTree("{\"dynamic\":\"strict\",\"properties\":{\"k\":{\"type\":\"integer\"}}}");
    assertThat(IndexMapping.problems(table, existing))
        .extracting(MappingProblem::subject)
        .containsExactly("v", "$raw");
  }
}
