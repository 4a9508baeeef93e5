package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.cesync.row.RowKey;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {
  private static final KeyCodec KEYS =
      new Tables()
          .partition("a", DataTypes.INT)
          .partition("b", DataTypes.TEXT)
          .clustering("c", DataTypes.frozenListOf(DataTypes.INT))
          .mapping()
          .keys();
  private static final KeyCodec TEXT = Tables.keyedBy("k", DataTypes.TEXT).mapping().keys();
  private static final KeyCodec DOUBLE = Tables.keyedBy("k", DataTypes.DOUBLE).mapping().keys();

  @Test
  void rowAndPartition() throws Exception {
    RowKey row = KEYS.parse("{\"a\":1,\"b\":\"},ß\",\"c\":[1,2]}");
    assertThat(row.isWholePartition()).isFalse();
    assertThat(row.partition()).isEqualTo("{\"a\":1,\"b\":\"},ß\"}");
    RowKey partition = KEYS.parse(row.partition());
    assertThat(partition.isWholePartition()).isTrue();
    assertThat(partition.partition()).isEqualTo(partition.json());
    assertThat(KEYS.values(partition)).hasSize(2);
    assertThat(KEYS.ofValues(KEYS.values(row))).isEqualTo(row).hasToString(row.json());
    assertThat(KEYS.documentId(row)).isEqualTo("[1,\"},ß\",[1,2]]");
    assertThat(KEYS.ofDocumentId("[1,\"},ß\",[1,2]]")).isEqualTo(row);
    assertThatThrownBy(() -> KEYS.documentId(partition))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutClusteringColumnsARowIsNoWholePartition() throws Exception {
    RowKey key = TEXT.parse("{\"k\":\"x\"}");
    assertThat(key.isWholePartition()).isFalse();
    assertThat(key.partition()).isEqualTo(key.json());
  }

  /**
   * Cassandra returns one row, with null clustering columns, for a partition that has static
   * columns only.
   */
  @Test
  void rowOfStaticColumnsOnlyIsThePartition() {
    RowKey key = KEYS.ofRow(Tables.row(ByteBuffer.allocate(4), ByteBuffer.allocate(0), null));
    assertThat(key.json()).isEqualTo("{\"a\":0,\"b\":\"\"}");
    assertThat(key.isWholePartition()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "null",
        "[1]",
        "{\"a\":1}",
        "{\"a\":1,\"b\":}",
        "{\"a\":1,\"b\":\"",
        "{\"a\":1,\"b\":\"x\"",
        "{\"a\":1,\"b\":\"x\"}}",
        "{\"a\":1,\"b\":\"x\"} ",
        "{\"b\":\"x\",\"a\":1}",
        "{\"a\":1,\"b\":\"x\",\"c\":[1]",
        "{\"a\":1,\"b\":\"x\",\"c\":[1],\"d\":1}",
        "{\"a\":1,\"b\":\"x\",\"d\":[1]}",
        "{\"a\": 1,\"b\":\"x\",\"c\":[1",
        "{\"a\":1,\"b\":\"x\"\"y\",\"c\":[1]}"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> KEYS.parse(text))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageStartingWith("not a key of this table: " + text + ": ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"x\",\"b\":\"\"}",
        "{\"a\":01,\"b\":\"\"}",
        "{\"a\":{\"$raw\":\"x\"},\"b\":\"\"}",
        "{\"a\":1,\"b\":\"\\ud800\"}"
      })
  void valuesOfOtherTypesAreRefused(String text) throws Exception {
    RowKey key = KEYS.parse(text);
    assertThatThrownBy(() -> KEYS.values(key)).isInstanceOf(InvalidKeyException.class);
  }

  /**
   * The digits in the log depend on the node's Java: 2e23 is 1.9999999999999998E23 to JDK 17, and
   * 2.0E23 to JDK 19.
   */
  @ParameterizedTest
  @CsvSource({"2.0E23,1.9999999999999998E23", "1.0,1.00", "1,1e0"})
  void sameNumberInOtherDigitsIsTheSameKey(String one, String other) throws Exception {
    assertThat(DOUBLE.parse("{\"k\":" + one + "}"))
        .isEqualTo(DOUBLE.parse("{\"k\":" + other + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"k":"plain"}            | plain
          {"k":"1"}                | 1
          {"k":"a\\"b"}            | a"b
          {"k":"\\"a"}             | "\\"a"
          {"k":"{\\"$raw\\":"}     | "{\\"$raw\\":"
          {"k":{"$raw":"0xc080"}}  | {"$raw":"0xc080"}
          """)
  void idsOfText(String key, String id) throws Exception {
    assertThat(TEXT.documentId(TEXT.parse(key))).isEqualTo(id);
    assertThat(TEXT.ofDocumentId(id)).isEqualTo(TEXT.parse(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "NaN", "-Infinity", "{\"$raw\":\"0x\"}"})
  void idsOfNumbers(String id) throws Exception {
    assertThat(DOUBLE.documentId(DOUBLE.ofDocumentId(id))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1.50",
        "\"1.5\"",
        " 1.5",
        "1.5 ",
        "1,5",
        "{\"$raw\":\"0x3ff0000000000000\"}",
        "null"
      })
  void idsThatNoRowHas(String id) {
    assertThatThrownBy(() -> DOUBLE.ofDocumentId(id)).isInstanceOf(InvalidKeyException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[1,\"x\"]",
        "[1,\"x\",[1],2]",
        "[1,\"x\",[1]",
        "[1, \"x\",[1]]",
        "1",
        "[1,\"x\",[1]]x"
      })
  void arraysThatNoRowHas(String id) {
    assertThatThrownBy(() -> KEYS.ofDocumentId(id)).isInstanceOf(InvalidKeyException.class);
  }
}
