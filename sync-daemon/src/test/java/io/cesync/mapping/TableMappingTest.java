package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.cesync.mapping.ColumnMapping.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableMappingTest {
  private static final TableMetadata TABLE =
      new Tables()
          .regular("name", DataTypes.TEXT)
          .regular("a.b", DataTypes.INT)
          .statik("shared", DataTypes.INT)
          .clustering("c", DataTypes.INT)
          .partition("p", DataTypes.INT)
          .metadata();

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private static String document(TableMapping mapping, ByteBuffer... values) {
    return new String(mapping.document(Tables.row(values)), StandardCharsets.UTF_8);
  }

  @Test
  void keyColumnsComeFirst() {
    TableMapping mapping = TableMapping.of(TABLE, ColumnRules.ALL);
    assertThat(mapping.columns())
        .containsExactly(
            new ColumnMapping("p", "p", DataTypes.INT, Role.PARTITION_KEY),
            new ColumnMapping("c", "c", DataTypes.INT, Role.CLUSTERING),
            new ColumnMapping("name", "name", DataTypes.TEXT, Role.REGULAR),
            new ColumnMapping("a.b", "a_b", DataTypes.INT, Role.REGULAR),
            new ColumnMapping("shared", "shared", DataTypes.INT, Role.STATIC));
    assertThat(mapping.columns().get(3).cql()).isEqualTo("\"a.b\"");
  }

  @Test
  void rulesChooseAndRename() {
    ColumnRules rules =
        new ColumnRules(
            Set.of("name", "shared"), Set.of("shared"), Map.of("p", "part", "name", "title"));
    TableMapping mapping = TableMapping.of(TABLE, rules);
    assertThat(mapping.columns())
        .extracting(ColumnMapping::field)
        .containsExactly("part", "c", "title");
    assertThat(document(mapping, bytes(0, 0, 0, 1), bytes(0, 0, 0, 2), bytes('x')))
        .isEqualTo("{\"part\":1,\"c\":2,\"title\":\"x\"}");
    assertThat(mapping.keys().ofValues(bytes(0, 0, 0, 1), bytes(0, 0, 0, 2)).json())
        .isEqualTo("{\"p\":1,\"c\":2}");
  }

  @Test
  void everythingWrongIsReportedTogether() {
    ColumnRules rules =
        new ColumnRules(
            Set.of("nam", "name", "shared"),
            Set.of("c"),
            Map.of("name", "shared", "shared", "shared", "gone", "x", "p", "_id", "c", "a.b"));
    assertThatThrownBy(() -> TableMapping.of(TABLE, rules))
        .asInstanceOf(
            org.assertj.core.api.InstanceOfAssertFactories.type(InvalidMappingException.class))
        .extracting(InvalidMappingException::problems, LIST)
        .extracting(Object::toString)
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).startsWith("nam: no such column, though columns.include"),
            p -> assertThat(p).startsWith("gone: no such column, though renames"),
            p -> assertThat(p).startsWith("c: a key column can't be excluded"),
            p -> assertThat(p).startsWith("shared: its field shared is that of column name"),
            p -> assertThat(p).startsWith("p: a document can't have a field _id"),
            p -> assertThat(p).contains("\"a.b\" can't be a field's name"));
  }

  @Test
  void rulesForDroppedColumnsCanBeLeftOut() {
    ColumnRules rules =
        new ColumnRules(Set.of("gone"), Set.of("old"), Map.of("gone", "x", "p", "q"));
    TableMapping mapping = TableMapping.of(TABLE, rules.restrictedTo(TABLE));
    assertThat(mapping.columns()).extracting(ColumnMapping::field).containsExactly("q", "c");
  }

  @Test
  void oddBytesStandBesideTheFields() throws Exception {
    TableMapping mapping =
        Tables.keyedBy("k", DataTypes.INT)
            .regular("empty", DataTypes.INT)
            .regular("notUtf8", DataTypes.TEXT)
            .regular("vector", DataTypes.vectorOf(DataTypes.FLOAT, 1))
            .regular("fine", DataTypes.TEXT)
            .mapping();
    ByteBuffer one = bytes(0, 0, 0, 1);
    ByteBuffer hugeFloat = ByteBuffer.allocate(4).putFloat(0, 1e20f);
    String json = document(mapping, one, bytes(), bytes(0xc0, 0x80), hugeFloat, bytes('x'));
    assertThat(json)
        .isEqualTo(
            "{\"k\":1,\"fine\":\"x\","
                + "\"$raw\":{\"empty\":\"0x\",\"notUtf8\":\"0xc080\",\"vector\":\"0x60ad78ec\"}}");
    assertThat(mapping.values(Documents.read(json.getBytes(StandardCharsets.UTF_8))))
        .containsEntry("empty", bytes())
        .containsEntry("notUtf8", bytes(0xc0, 0x80))
        .containsEntry("vector", hugeFloat)
        .containsEntry("fine", bytes('x'));
  }

  /** A field that an application has set since is newer than the odd bytes. */
  @Test
  void fieldWinsOverOddBytes() throws Exception {
    TableMapping mapping =
        Tables.keyedBy("k", DataTypes.INT).regular("v", DataTypes.TEXT).mapping();
    assertThat(
            mapping.values(
                Documents.read(
                    "{\"v\":\"x\",\"$raw\":{\"v\":\"0xc080\",\"z\":1}}"
                        .getBytes(StandardCharsets.UTF_8))))
        .containsEntry("v", bytes('x'));
  }

  @Test
  void emptyNonFrozenCollectionsAreNull() throws Exception {
    DataType udt = Tables.udt(false, "x", DataTypes.TEXT);
    TableMapping mapping =
        Tables.keyedBy("k", DataTypes.INT)
            .regular("list", DataTypes.listOf(DataTypes.INT))
            .regular("frozen", DataTypes.frozenListOf(DataTypes.INT))
            .regular("udt", udt)
            .regular("emptyText", udt)
            .mapping();
    assertThat(
            mapping.values(
                Documents.read(
                    "{\"k\":null,\"list\":[],\"frozen\":[],\"udt\":{},\"emptyText\":{\"x\":\"\"},\"other\":[{}]}"
                        .getBytes(StandardCharsets.UTF_8))))
        .containsEntry("k", null)
        .containsEntry("list", null)
        .containsEntry("frozen", bytes(0, 0, 0, 0))
        .containsEntry("udt", null)
        .containsEntry("emptyText", bytes(0, 0, 0, 0));
  }

  /** Frozen values from before ALTER TYPE … ADD. */
  @Test
  void valueOlderThanAFieldOfItsType() {
    DataType udt = Tables.udt(true, "x", DataTypes.INT, "added", DataTypes.INT);
    TableMapping mapping = Tables.keyedBy("k", DataTypes.INT).regular("v", udt).mapping();
    assertThat(document(mapping, null, bytes(0, 0, 0, 4, 0, 0, 0, 5)))
        .isEqualTo("{\"v\":{\"x\":5}}");
  }

  /** A value from after it, while the mapping is still from before. */
  @Test
  void valueNewerThanTheMappingIsKeptWhole() {
    DataType udt = Tables.udt(true, "x", DataTypes.INT);
    TableMapping mapping = Tables.keyedBy("k", DataTypes.INT).regular("v", udt).mapping();
    assertThat(document(mapping, null, bytes(0, 0, 0, 1, 5, 0, 0, 0, 1, 6)))
        .isEqualTo("{\"$raw\":{\"v\":\"0x00000001050000000106\"}}");
  }

  @Test
  void numbersTooLongForJsonParsersAreStrings() {
    TableMapping mapping =
        Tables.keyedBy("k", DataTypes.INT).regular("v", DataTypes.VARINT).mapping();
    byte[] thousand = java.math.BigInteger.TEN.pow(999).toByteArray();
    byte[] more = java.math.BigInteger.TEN.pow(1000).toByteArray();
    assertThat(document(mapping, null, ByteBuffer.wrap(thousand)))
        .isEqualTo("{\"v\":1" + "0".repeat(999) + "}");
    assertThat(document(mapping, null, ByteBuffer.wrap(more)))
        .isEqualTo("{\"v\":\"1" + "0".repeat(1000) + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "x"         | field i: expected an integer of 32 bits, found x
          2147483648  | field i: expected an integer of 32 bits, found 2147483648
          1.5         | field i: expected an integer of 32 bits, found 1.5
          1E+999999   | field i: expected an integer of 32 bits, found 1E+999999
          [1]         | field i: expected an integer of 32 bits, found [
          {}          | field i: expected an integer of 32 bits, found {
          """,
      quoteCharacter = '\'')
  void whatAColumnCannotHoldIsRefused(String json, String message) {
    TableMapping mapping = Tables.keyedBy("i", DataTypes.INT).mapping();
    assertThatThrownBy(
            () ->
                mapping.values(
                    Documents.read(("{\"i\":" + json + "}").getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage(message);
  }

  /** As Elasticsearch takes them, too. */
  @ParameterizedTest
  @CsvSource({"1.0", "1e0", "'\"1\"'", "100E-2"})
  void otherWaysToSayOne(String json) throws Exception {
    TableMapping mapping = Tables.keyedBy("i", DataTypes.INT).mapping();
    assertThat(
            mapping.values(
                Documents.read(("{\"i\":" + json + "}").getBytes(StandardCharsets.UTF_8))))
        .containsEntry("i", bytes(0, 0, 0, 1));
  }

  @Test
  void namesAreNeverLookedUp() {
    TableMapping mapping =
        Tables.keyedBy("k", DataTypes.INT).regular("v", DataTypes.INET).mapping();
    for (String text : new String[] {"localhost", "cafe", "1.2.3", "1.2.3.256", "::1%lo", ""}) {
      assertThatThrownBy(
              () ->
                  mapping.values(
                      Documents.read(
                          ("{\"v\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(InvalidDocumentException.class);
    }
  }
}
