package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ColumnSetTest {
  @Test
  void isASortedSetOfText() {
    ColumnSet columns = new ColumnSet();
    for (String name : new String[] {"b", "é", "B", "a"}) {
      columns.add(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(TypeCodecs.setOf(TypeCodecs.TEXT).decode(columns.serialize(), ProtocolVersion.V4))
        .containsExactly("B", "a", "b", "é");
  }

  @Test
  void mayBeEmpty() {
    assertThat(new ColumnSet().serialize()).isEqualTo(ByteBuffer.allocate(4));
  }
}
