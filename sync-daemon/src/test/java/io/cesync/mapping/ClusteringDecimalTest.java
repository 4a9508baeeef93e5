package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.cesync.row.RowKey;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusteringDecimalTest {

  private static ByteBuffer bytes(String number) {
    return TypeCodecs.DECIMAL.encode(new BigDecimal(number), ProtocolVersion.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "1.00, 1",
    "1.50, 1.5",
    "-0.00, 0",
    "0E+5, 0",
    "1E+3, 1000",
    "100, 100",
    "1.0E+40, 1E+40",
    "12.5E-400, 1.25E-399"
  })
  void oneNumberHasOneForm(String number, String form) {
    ByteBuffer canonical = ClusteringDecimal.canonical(bytes(number));
    assertThat(canonical).isEqualTo(bytes(form));
    assertThat(ClusteringDecimal.canonical(canonical)).isEqualTo(canonical);
  }

  @Test
  void whatIsNoNumberStays() {
    ByteBuffer empty = ByteBuffer.allocate(0);
    assertThat(ClusteringDecimal.canonical(empty)).isEqualTo(empty);
    ByteBuffer lastScale = ByteBuffer.allocate(5).putInt(Integer.MIN_VALUE).put((byte) 10).flip();
    assertThat(ClusteringDecimal.canonical(lastScale)).isEqualTo(lastScale);
  }

  @Test
  void keysAreEqualWhereverTheyComeFrom() throws Exception {
    Tables table = new Tables();
    table.partition("p", DataTypes.DECIMAL);
    table.clustering("c", DataTypes.DECIMAL);
    KeyCodec codec = table.mapping().keys();
    RowKey stored = codec.ofRow(Tables.row(bytes("1.0"), bytes("2.0")));
    RowKey logged = codec.parse("{\"p\":\"1.0\",\"c\":\"2.00\"}");
    assertThat(logged).isEqualTo(stored);
    assertThat(codec.documentId(logged)).isEqualTo("[\"1.0\",\"2\"]");
    assertThat(codec.ofDocumentId("[\"1.0\",\"2\"]")).isEqualTo(stored);
    assertThat(codec.parse("{\"p\":\"1.00\",\"c\":\"2.00\"}"))
        .as("other partition")
        .isNotEqualTo(stored);
  }
}
