package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LeftPlaces.Left;
import org.junit.jupiter.api.Test;

class LeftPlacesTest {

  private final LeftPlaces places = new LeftPlaces();

  private static Left left(int shard, long seqNo) {
    return Left.of(new Place("era", shard, seqNo, 9), "id");
  }

  @Test
  void whatIsLeftIsKeptWhileSomebodyHolds() {
    assertThat(places.keeps(left(0, 1))).isFalse();
    places.hold();
    assertThat(places.keeps(left(0, 2))).isTrue();
    assertThat(places.keeps(left(0, 2))).as("once more").isTrue();
    assertThat(places.keeps(left(1, 3))).isTrue();
    assertThat(places.numbers("era", 0, 9)).containsExactly(2);
    assertThat(places.numbers("other", 0, 9)).isEmpty();

    places.keeps(left(0, 5));
    assertThat(places.numbers("era", 0, 1)).as("the first").containsExactly(2);

    places.hold();
    assertThat(places.release()).as("the other holds them yet").isEmpty();
    assertThat(places.release()).containsExactly(left(0, 2), left(1, 3), left(0, 5));
    assertThat(places.numbers("era", 0, 9)).isEmpty();
    assertThat(places.keeps(left(0, 4))).isFalse();
  }

  @Test
  void aPlaceThatIsReachedAgainStays() {
    places.hold();
    places.keeps(left(0, 1));
    places.reached(Left.of(new Place("era", 0, 1, 10), "id"));
    assertThat(places.release()).isEmpty();
  }
}
