package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final Timers timers = new Timers();

  @Test
  void areDistinct() {
    for (int ttl : new int[] {60, 60, 30, 60}) {
      timers.add(ttl);
    }
    assertThat(timers.ttls()).containsExactly(30, 60);
  }

  @Test
  void areNoneAtFirst() {
    assertThat(timers.ttls()).isEmpty();
  }

  @Test
  void aFewStandForMany() {
    for (int ttl = 1000; ttl < 3000; ttl++) {
      timers.add(ttl);
    }
    NavigableSet<Integer> few = timers.ttls();
    assertThat(few).hasSizeBetween(8, Timers.MAX).last().isEqualTo(2999);
    for (int ttl = 1000; ttl < 3000; ttl++) {
      assertThat(few.ceiling(ttl)).isBetween(ttl, ttl + 256);
    }
  }

  @Test
  void theLongestTtlIsNotExceeded() {
    for (int ttl = 0; ttl < 100; ttl++) {
      timers.add(630_720_000 - ttl * 1_000_000);
    }
    assertThat(timers.ttls()).hasSizeLessThanOrEqualTo(Timers.MAX).last().isEqualTo(630_720_000);
  }
}
