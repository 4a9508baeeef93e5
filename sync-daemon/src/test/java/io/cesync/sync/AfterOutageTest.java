package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AfterOutageTest {

  private static final long LATE_WINDOW = 60_000;

  private final Gate gate = new Gate("Cassandra", new Backoff(1, 1), RandomGenerator.getDefault());
  private final AfterOutage afterOutage = new AfterOutage(LATE_WINDOW);

  @Test
  void afterALongOutageTheLogIsReadAgainFromWhereItWasConfirmed() {
    outage(100_000, 180_000);
    afterOutage.look(gate, 40_000, 180_000);

    assertThat(afterOutage.position(90_000)).isEqualTo(40_000);
    assertThat(afterOutage.isDue(239_999)).isFalse();
    assertThat(afterOutage.isDue(240_000)).isTrue();
    assertThat(afterOutage.take()).isEqualTo(40_000);
    assertThat(afterOutage.position(200_000)).isEqualTo(200_000);
    assertThat(afterOutage.isDue(1_000_000)).isFalse();
  }

  @Test
  void aSecondOutageWaitsAnewButForgetsNothing() {
    outage(100_000, 180_000);
    afterOutage.look(gate, 40_000, 180_000);
    outage(200_000, 230_000);
    afterOutage.look(gate, 150_000, 230_000);

    assertThat(afterOutage.isDue(240_000)).isFalse();
    assertThat(afterOutage.isDue(290_000)).isTrue();
    assertThat(afterOutage.take()).isEqualTo(40_000);
  }

  @Test
  void aHiccupChangesNothing() {
    outage(100_000, 101_000);
    afterOutage.look(gate, 40_000, 101_000);

    assertThat(afterOutage.position(90_000)).isEqualTo(90_000);
    assertThat(afterOutage.isDue(1_000_000)).isFalse();
  }

  private void outage(long from, long to) {
    gate.failed("test", from);
    gate.succeeded(to);
  }
}
