package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ColumnDigestTest {

  private static long of(String text) {
    return ColumnDigest.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Ledgers have these. */
  @Test
  void digestsStayWhatTheyAre() {
    assertThat(of("")).isEqualTo(9038243705893100514L);
    assertThat(of("a")).isEqualTo(-2008728132672112771L);
    assertThat(of("a longer text")).isEqualTo(-8093315934540896561L);
  }

  @Test
  void manyValuesOfEveryLengthHaveManyDigests() {
    Set<Long> digests = new HashSet<>();
    byte[] bytes = new byte[12];
    int count = 0;
    for (int length = 0; length <= bytes.length; length++) {
      for (int i = 0; i < (length == 0 ? 1 : 200); i++) {
        Arrays.fill(bytes, (byte) i);
        digests.add(ColumnDigest.of(ByteBuffer.wrap(bytes, 0, length)));
        count++;
      }
    }
    assertThat(digests).hasSize(count);
  }

  @Property
  void bufferMayBeAnyPartOfAnother(@ForAll @Size(max = 40) byte[] value) {
    ByteBuffer part = ByteBuffer.allocateDirect(value.length + 5);
    part.position(3).put(value).flip().position(3);

    assertThat(ColumnDigest.of(part)).isEqualTo(ColumnDigest.of(ByteBuffer.wrap(value)));
    assertThat(part.position()).isEqualTo(3);
  }
}
