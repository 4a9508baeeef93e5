package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.cassandra.db.Clustering;
import org.apache.cassandra.db.marshal.AbstractType;
import org.apache.cassandra.db.marshal.CompositeType;
import org.apache.cassandra.db.marshal.Int32Type;
import org.apache.cassandra.db.marshal.ReversedType;
import org.apache.cassandra.db.marshal.UTF8Type;
import org.apache.cassandra.schema.ColumnMetadata;
import org.junit.jupiter.api.Test;

class KeyJsonTest {
  private final ColumnMetadata a = partition("a", 0, UTF8Type.instance);
  private final ColumnMetadata b = partition("b", 1, Int32Type.instance);
  private final ColumnMetadata c =
      ColumnMetadata.clusteringColumn(
          "k", "t", "c", ReversedType.getInstance(UTF8Type.instance), 0);

  @Test
  void oneColumnAndRows() {
    KeyJson key = new KeyJson(new KeyLayout(List.of(a), List.of(c)), utf8("x"));
    assertThat(text(key.row(Clustering.make(utf8("r1"))))).isEqualTo("{\"a\":\"x\",\"c\":\"r1\"}");
    assertThat(text(key.partition())).isEqualTo("{\"a\":\"x\"}");
    assertThat(text(key.row(Clustering.make(utf8(""))))).isEqualTo("{\"a\":\"x\",\"c\":\"\"}");
    assertThat(text(key.row(Clustering.EMPTY))).isEqualTo("{\"a\":\"x\",\"c\":null}");
  }

  @Test
  void compositeOfAllLengths() {
    for (int length : new int[] {0, 1, 255, 256, 40_000}) {
      String long1 = "y".repeat(length);
      ByteBuffer composite =
          CompositeType.getInstance(UTF8Type.instance, Int32Type.instance).decompose(long1, 7);
      KeyJson key = new KeyJson(new KeyLayout(List.of(a, b), List.of()), composite);
      assertThat(text(key.partition())).isEqualTo("{\"a\":\"" + long1 + "\",\"b\":7}");
      assertThat(composite.position()).isZero();
    }
  }

  private static ColumnMetadata partition(String name, int position, AbstractType<?> type) {
    return ColumnMetadata.partitionKeyColumn("k", "t", name, type, position);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
