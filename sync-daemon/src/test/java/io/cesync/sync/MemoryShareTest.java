package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryShareTest {

  @Test
  void entriesOfWideTablesTakeMoreThanTheirNumberTells() {
    assertThat(MemoryShare.keysOfOwed(0, 0)).isZero();
    assertThat(MemoryShare.keysOfOwed(2_000, 2_000 * 50)).isEqualTo(1_000);
    assertThat(MemoryShare.keysOfOwed(2_000, 2_000 * 1_100)).isEqualTo(4_000);
    assertThat(MemoryShare.keysOfOwed(10_000_000, 10_000_000_000L)).isEqualTo(18_571_428);
  }
}
