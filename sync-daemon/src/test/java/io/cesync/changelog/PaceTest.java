package io.cesync.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(50, 1_000);

  @Test
  void looksOftenWhileThereAreChanges() {
    pace.polled(true, 10_000, 5, 10_005);
    assertThat(pace.nextAt()).isEqualTo(10_050);
    pace.polled(false, 11_900, 5, 11_905);
    assertThat(pace.nextAt()).isEqualTo(11_950);
  }

  @Test
  void looksMoreAndMoreRarelyWhenThereAreNone() {
    pace.polled(true, 10_000, 5, 10_005);
    long now = 12_000;
    long wait = 50;
    while (wait < 1_000) {
      pace.polled(false, now, 5, now + 5);
      assertThat(pace.nextAt() - now).isGreaterThan(wait).isLessThanOrEqualTo(wait * 2);
      wait = pace.nextAt() - now;
      now = pace.nextAt();
    }
    pace.polled(false, now, 5, now + 5);
    assertThat(pace.nextAt()).isEqualTo(now + 1_000);
  }

  @Test
  void pausesAsLongAsALookTook() {
    pace.polled(true, 10_000, 300, 10_300);
    assertThat(pace.nextAt()).isEqualTo(10_600);
    pace.polled(true, 20_000, 5_000, 25_000);
    assertThat(pace.nextAt()).isEqualTo(26_000);
  }

  /** What is done about what was found may take long: it looks again the sooner. */
  @Test
  void pausesNoLongerThanTheServerWasBusyWithIt() {
    pace.polled(true, 10_000, 100, 12_000);
    assertThat(pace.nextAt()).isEqualTo(12_100);
  }
}
