package io.cesync.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatchUpTest {
  private static final long LATE_WINDOW = 60_000;

  /** However slow the steps are, the fast path is reached: a step reads up to where it began. */
  @ParameterizedTest
  @ValueSource(longs = {10, 1_900, 2_100, 15_000, 50_000, 70_000})
  void endsThoughTheWindowMovesOnMeanwhile(long stepMillis) {
    CatchUp catchUp = new CatchUp(LATE_WINDOW);
    long now = 10_000_000;
    long readTo = 0;
    int steps = 0;
    while (catchUp.isNeeded(readTo, now - LATE_WINDOW) && steps < 10) {
      readTo = now - LATE_WINDOW;
      now += stepMillis;
      catchUp.took(stepMillis);
      steps++;
    }
    // A step longer than the late window is a server that can't be followed anyway.
    assertThat(steps).isEqualTo(stepMillis > LATE_WINDOW ? 10 : 1);
  }
}
