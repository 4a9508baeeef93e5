package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FoundBytesTest {

  private final FoundBytes bytes = new FoundBytes(100);
  private int searches;

  private Pending holding(long size) {
    Pending pending = new Pending(Keys.row(1, 1));
    bytes.hold(pending, size);
    return pending;
  }

  @Test
  void theSearchWaitsForRoomAndGoesOnOnce() {
    Pending first = holding(60);
    bytes.whenRoom(() -> searches++);
    assertThat(searches).as("there is room yet").isEqualTo(1);

    Pending second = holding(60);
    Pending third = holding(60);
    bytes.whenRoom(() -> searches++);
    first.done();
    assertThat(searches).as("120 bytes are held").isEqualTo(1);
    second.done();
    assertThat(searches).isEqualTo(2);
    third.done();
    assertThat(searches).as("nobody waits").isEqualTo(2);
  }

  @Test
  void whatIsLetGoOfIsNotHeldAnyMore() {
    Pending first = holding(60);
    holding(60);
    bytes.whenRoom(() -> searches++);
    first.letGo();
    assertThat(searches).isEqualTo(1);

    first.done();
    holding(60);
    bytes.whenRoom(() -> searches++);
    assertThat(searches).as("120 bytes are held").isEqualTo(1);
  }

  @Test
  void ofMergedKeysEachHoldsItsOwn() {
    Pending waiting = holding(60);
    waiting.merge(holding(60));
    bytes.whenRoom(() -> searches++);
    assertThat(searches).isZero();
    waiting.done();
    assertThat(searches).isEqualTo(1);
  }
}
