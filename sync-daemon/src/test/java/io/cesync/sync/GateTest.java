package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final long NEVER = Long.MAX_VALUE;

  // Of a wait, one half is random.
  private final Gate gate = new Gate("A server", new Backoff(1_000, 8_000), new Random(1));

  @Test
  void aFailureShutsItForAWhileThenALittleIsTried() {
    assertThat(gate.allowed(500, 0)).isEqualTo(500);
    gate.failed("away", 0);
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.allowed(500, 499)).isZero();
    assertThat(gate.allowed(500, 1_000)).isEqualTo(10);
  }

  /** Whoever waits for that would not wait at all once it has passed. */
  @Test
  void onlyAChangeThatIsToComeIsWaitedFor() {
    assertThat(gate.nextChangeAt(0)).isEqualTo(NEVER);
    gate.failed("away", 0);
    long at = gate.nextChangeAt(0);
    assertThat(at).isBetween(500L, 1_000L);
    assertThat(gate.nextChangeAt(at - 1)).isEqualTo(at);
    assertThat(gate.nextChangeAt(at)).isEqualTo(NEVER);
    assertThat(gate.allowed(500, at)).isEqualTo(10);
  }

  @Test
  void onlyAnAnswerToWhatItLetThroughOpensIt() {
    gate.failed("away", 0);
    gate.succeeded(499);
    assertThat(gate.isOpen()).isFalse();
    gate.succeeded(1_000);
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.recoveries()).isEqualTo(1);
    assertThat(gate.lastOutage()).isEqualTo(1_000);
  }
}
