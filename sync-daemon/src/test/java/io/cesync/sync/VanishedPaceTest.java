package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VanishedPaceTest {

  private static final long START = 1_000_000;

  private final VanishedPace pace = new VanishedPace(START);

  @Test
  void theFirstOneWaitsOnlyForABacklogAndNotForLong() {
    assertThat(pace.canWait(START, false)).isFalse();
    assertThat(pace.canWait(START + 59_999, true)).isTrue();
    assertThat(pace.canWait(START + 60_000, true)).isFalse();
  }

  @Test
  void itTakesAFifthOfTheTime() {
    pace.searched(START, START + 100);
    assertThat(pace.canWait(START + 499, false)).isTrue();
    assertThat(pace.canWait(START + 500, false)).isFalse();
  }

  @Test
  void itDoesNotRestForLong() {
    pace.searched(START, START + 10_000);
    assertThat(pace.canWait(START + 11_999, false)).isTrue();
    assertThat(pace.canWait(START + 12_000, false)).isFalse();
  }

  @Test
  void whenThereIsMuchToDoShortOnesAreRareToo() {
    pace.searched(START, START + 1);
    assertThat(pace.canWait(START + 2_000, true)).isTrue();
    assertThat(pace.canWait(START + 2_001, true)).isFalse();
  }
}
