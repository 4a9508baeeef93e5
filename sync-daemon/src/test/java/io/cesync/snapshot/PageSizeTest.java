package io.cesync.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {

  private final PageSize size = new PageSize(5000);

  @Test
  void pagesOfSmallRowsGrowStepByStep() {
    assertThat(size.rows()).isEqualTo(100);
    size.saw(100, 100 * 300);
    assertThat(size.rows()).isEqualTo(400);
    size.saw(400, 400 * 300);
    size.saw(1600, 1600 * 300);
    assertThat(size.rows()).isEqualTo((512 << 10) / 300);
    size.saw(1747, 1747 * 50);
    assertThat(size.rows()).isEqualTo(5000);
  }

  @Test
  void pagesOfLargeRowsShrinkAtOnce() {
    size.saw(100, 100 * (10L << 10));
    assertThat(size.rows()).isEqualTo(51);
    size.saw(51, 51 * (10L << 20));
    assertThat(size.rows()).isEqualTo(1);
    size.saw(1, 100);
    assertThat(size.rows()).isEqualTo(4);
  }

  @Test
  void emptyPagesSayNothing() {
    size.saw(0, 0);
    assertThat(size.rows()).isEqualTo(100);
    assertThat(size.isMeasured()).isFalse();
    size.saw(1, 300);
    assertThat(size.isMeasured()).isTrue();
    assertThat(new PageSize(20).rows()).isEqualTo(20);
  }
}
