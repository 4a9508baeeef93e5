package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {

  private static final ByteBuffer ID = ByteBuffer.allocate(4);

  record Cell(DataType type, ByteBuffer value) {}

  @Provide
  Arbitrary<Cell> cells() {
    return CqlArbitraries.type(3)
        .flatMap(type -> CqlArbitraries.value(type).map(value -> new Cell(type, value)));
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void valueAndItsWayThroughADocumentAreTheSame(@ForAll("cells") Cell cell) throws Exception {
    TableMapping mapping =
        Tables.keyedBy("id", DataTypes.INT).regular("value", cell.type()).mapping();
    byte[] document = mapping.document(Tables.row(ID, cell.value()));
    ByteBuffer back = mapping.values(Documents.read(document)).get("value");
    CanonicalForm form = CanonicalForm.of(cell.type());
    ByteBuffer before = cell.value().duplicate();

    assertThat(form.of(cell.value())).isEqualTo(form.of(back));
    assertThat(form.of(form.of(back))).isEqualTo(form.of(back));
    assertThat(cell.value()).isEqualTo(before);
  }

  private static void assertSame(DataType type, String one, String other) throws Exception {
    TableMapping mapping = Tables.keyedBy("id", DataTypes.INT).regular("v", type).mapping();
    CanonicalForm form = CanonicalForm.of(type);
    assertThat(form.of(value(mapping, one))).isEqualTo(form.of(value(mapping, other)));
  }

  private static ByteBuffer value(TableMapping mapping, String json) throws Exception {
    byte[] document =
        ("{\"id\":1,\"v\":" + json + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return mapping.values(Documents.read(document)).get("v");
  }

  @Test
  void orderAndRepetitionDontCountWhereCassandraDoesntKeepThem() throws Exception {
    DataType set = DataTypes.frozenSetOf(DataTypes.INT);
    assertSame(set, "[3,1,2,1]", "[1,2,3]");
    assertSame(DataTypes.listOf(set), "[[2,1]]", "[[1,2,2]]");
    DataType map = DataTypes.mapOf(DataTypes.TEXT, set);
    assertSame(map, "{\"b\":[1,2],\"a\":[]}", "{\"a\":[],\"b\":[2,1]}");
    CanonicalForm list = CanonicalForm.of(DataTypes.listOf(DataTypes.INT));
    ByteBuffer ordered = ByteBuffer.allocate(4).putInt(0, 0);
    assertThat(list.of(ordered)).isSameAs(ordered);
  }

  @Test
  void fieldsThatAValueIsTooOldForAreNull() {
    CanonicalForm form =
        CanonicalForm.of(Tables.udt(true, "x", DataTypes.INT, "y", DataTypes.TEXT));
    ByteBuffer old = ByteBuffer.allocate(8).putInt(0, 4).putInt(4, 1);
    ByteBuffer now = ByteBuffer.allocate(12).putInt(0, 4).putInt(4, 1).putInt(8, -1);
    ByteBuffer other = ByteBuffer.allocate(12).putInt(0, 4).putInt(4, 1).putInt(8, 0);

    assertThat(form.of(now)).isEqualTo(form.of(old)).isNotEqualTo(form.of(other));
  }

  @Test
  void whatIsNoValueStaysAsItIs() {
    for (DataType type :
        List.of(
            DataTypes.setOf(DataTypes.INT),
            DataTypes.mapOf(DataTypes.INT, DataTypes.INT),
            DataTypes.tupleOf(DataTypes.INT))) {
      for (int first : new int[] {-1, 1, 1_000_000}) {
        ByteBuffer odd = ByteBuffer.allocate(9).putInt(0, first);
        assertThat(CanonicalForm.of(type).of(odd)).isSameAs(odd);
      }
    }
  }
}
