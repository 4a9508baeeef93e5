package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.row.RowKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Bytes come back from text, hence different bytes have different texts; and there is but one text
 * for them. Clustering decimals come back in their canonical form.
 */
class KeyPropertiesTest {
  record Key(List<DataType> types, List<ByteBuffer> values, int partitionColumns) {
    KeyCodec codec() {
      Tables table = new Tables();
      for (int i = 0; i < types.size(); i++) {
        String name = List.of("a", "B \"\u0001ß", "c.c").get(i);
        if (i < partitionColumns) {
          table.partition(name, types.get(i));
        } else {
          table.clustering(name, types.get(i));
        }
      }
      return table.mapping().keys();
    }

    ByteBuffer[] bytes() {
      return values.toArray(ByteBuffer[]::new);
    }
  }

  @Provide
  Arbitrary<Key> keys() {
    return CqlArbitraries.type(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .flatMap(
            types ->
                Combinators.combine(
                        Combinators.combine(types.stream().map(CqlArbitraries::anyBytes).toList())
                            .as(v -> v),
                        Arbitraries.integers().between(1, types.size()))
                    .as((values, partitionColumns) -> new Key(types, values, partitionColumns)));
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void anyBytesComeBack(@ForAll("keys") Key key) throws Exception {
    KeyCodec codec = key.codec();
    RowKey written = codec.ofRow(Tables.row(key.bytes()));
    RowKey read = codec.parse(written.json());
    assertThat(read).isEqualTo(written);
    assertThat(read.partitionLength()).isEqualTo(written.partitionLength());
    assertThat(read.isWholePartition()).isFalse();
    ByteBuffer[] canonical = key.bytes();
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] = codec.canonical(i, canonical[i]);
    }
    assertThat(codec.values(read)).containsExactly(canonical);
    assertThat(codec.ofValues(canonical)).isEqualTo(written);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void anyRowComesBackFromItsId(@ForAll("keys") Key key) throws Exception {
    KeyCodec codec = key.codec();
    RowKey written = codec.ofValues(key.bytes());
    RowKey read = codec.ofDocumentId(codec.documentId(written));
    assertThat(read).isEqualTo(written);
    assertThat(read.partition()).isEqualTo(written.partition());
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void wholePartitions(@ForAll("keys") Key key) throws Exception {
    KeyCodec codec = key.codec();
    ByteBuffer[] partition =
        key.values().subList(0, key.partitionColumns()).toArray(ByteBuffer[]::new);
    RowKey written = codec.ofValues(partition);
    RowKey read = codec.parse(written.json());
    assertThat(read.isWholePartition()).isEqualTo(partition.length < key.types().size());
    assertThat(read.partition()).isEqualTo(read.json()).isEqualTo(written.json());
    assertThat(codec.values(read)).containsExactly(partition);
    assertThat(codec.ofValues(key.bytes()).partition()).isEqualTo(written.json());
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void itIsJsonWithoutWhiteSpace(@ForAll("keys") Key key) throws Exception {
    String json = key.codec().ofValues(key.bytes()).json();
    JsonNode tree = Documents.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(tree.size()).isEqualTo(key.types().size());
    assertThat(json.replaceAll("\"(?:[^\"\\\\]++|\\\\.)*+\"", "")).doesNotContainAnyWhitespaces();
  }
}
