package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Row to document to row is the identity. */
class DocumentPropertiesTest {
  private static final ByteBuffer ONE = ByteBuffer.allocate(4).putInt(0, 1);

  record Cell(DataType type, ByteBuffer value) {
    TableMapping mapping() {
      return Tables.keyedBy("id", DataTypes.INT)
          .regular("a", DataTypes.INT)
          .regular("value", type)
          .mapping();
    }
  }

  @Provide
  Arbitrary<Cell> values() {
    return CqlArbitraries.type(3)
        .flatMap(type -> CqlArbitraries.value(type).map(value -> new Cell(type, value)));
  }

  @Provide
  Arbitrary<Cell> anyBytes() {
    return CqlArbitraries.type(2)
        .flatMap(type -> CqlArbitraries.anyBytes(type).map(value -> new Cell(type, value)));
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void valuesComeBack(@ForAll("values") Cell cell) throws Exception {
    TableMapping mapping = cell.mapping();
    byte[] document = mapping.document(Tables.row(ONE, null, cell.value()));
    Map<String, ByteBuffer> expected = new HashMap<>();
    expected.put("id", ONE);
    expected.put("a", null);
    expected.put("value", cell.value());
    assertThat(mapping.values(Documents.read(document))).isEqualTo(expected);
    try (JsonParser json = Documents.parser(document)) {
      json.nextToken();
      assertThat(mapping.values(json)).isEqualTo(expected);
    }
  }

  /**
   * Only the parts of tuples and user-defined types that are missing at the end come back as
   * explicit nulls.
   */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void anyBytesComeBackAsTheSameDocument(@ForAll("anyBytes") Cell cell) throws Exception {
    TableMapping mapping = cell.mapping();
    byte[] document = mapping.document(Tables.row(ONE, ONE, cell.value()));
    ByteBuffer back = mapping.values(Documents.read(document)).get("value");
    assertThat(mapping.document(Tables.row(ONE, ONE, back))).isEqualTo(document);
    if (!cell.type().asCql(true, true).contains("tuple<")
        && !cell.type().asCql(true, true).contains("ks.u")) {
      assertThat(back).isEqualTo(cell.value());
    }
  }

  /** A buffer from a network read may lie within a larger one, and need not be an array. */
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void bufferMayBeAnyPartOfAnother(@ForAll("values") Cell cell) {
    int size = cell.value().remaining();
    ByteBuffer part = ByteBuffer.allocateDirect(size + 7);
    part.position(5).put(cell.value().duplicate()).flip().position(5);
    TableMapping mapping = cell.mapping();
    assertThat(mapping.document(Tables.row(ONE, ONE, part)))
        .isEqualTo(mapping.document(Tables.row(ONE, ONE, cell.value())));
    assertThat(part.position()).isEqualTo(5);
  }

  @Property
  void timestampsAreAsInstantsPrintThem(
      @ForAll @LongRange(min = -70_000_000_000_000L, max = 260_000_000_000_000L) long millis) {
    TableMapping mapping = Tables.keyedBy("t", DataTypes.TIMESTAMP).mapping();
    for (long each : new long[] {millis, millis / 1000 * 1000}) {
      byte[] document = mapping.document(Tables.row(ByteBuffer.allocate(8).putLong(0, each)));
      assertThat(new String(document, StandardCharsets.UTF_8))
          .isEqualTo("{\"t\":\"" + Instant.ofEpochMilli(each) + "\"}");
    }
  }
}
