package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DigestsTest {

  @Property(tries = 300)
  void areAsAnyMap(@ForAll Map<String, Long> digests, @ForAll String other) {
    Map<String, Long> copy = Digests.copyOf(digests);
    assertThat(copy).isEqualTo(digests).hasSameHashCodeAs(digests).hasSameSizeAs(digests);
    assertThat(digests).isEqualTo(copy);
    assertThat(copy.get(other)).isEqualTo(digests.get(other));
    assertThat(copy.containsKey(other)).isEqualTo(digests.containsKey(other));
    assertThat(Digests.copyOf(copy)).isSameAs(copy);
    digests.forEach((name, digest) -> assertThat(copy.get(name)).isEqualTo(digest));
  }
}
