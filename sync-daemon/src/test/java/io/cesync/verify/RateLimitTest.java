package io.cesync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final FakeTime time = new FakeTime();

  @Test
  void soManyRowsTakeSoLong() {
    RateLimit limit = new RateLimit(100, time);
    long waited = 0;
    for (int i = 0; i < 10; i++) {
      long millis = limit.after(50);
      time.await(millis);
      waited += millis;
    }
    assertThat(waited).isEqualTo(5_000);
  }

  @Test
  void timeThatPassedAnywayCounts() {
    RateLimit limit = new RateLimit(100, time);
    limit.after(100);
    time.await(700);
    assertThat(limit.after(10)).isEqualTo(400);
  }

  @Test
  void idleTimeIsNotSavedUp() {
    RateLimit limit = new RateLimit(100, time);
    time.await(60_000);
    assertThat(limit.after(100)).isEqualTo(1_000);
  }

  @Test
  void pagesAreNoLargerThanASecondsWorth() {
    assertThat(new RateLimit(100, time).most(1_000)).isEqualTo(100);
    assertThat(new RateLimit(0, time).most(1_000)).isEqualTo(1_000);
    assertThat(new RateLimit(0, time).after(1_000_000)).isZero();
  }
}
