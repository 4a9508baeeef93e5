package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CarriesTest {

  private static LedgerEntry carry(long seqNo, long timestamp) {
    return new LedgerEntry("1", null, place(seqNo), timestamp, Map.of("a", seqNo), timestamp);
  }

  private static Place place(long seqNo) {
    return new Place("era", 0, seqNo, 1);
  }

  private static Carries of(LedgerEntry... all) {
    Carries carries = Carries.NONE;
    for (LedgerEntry each : all) {
      carries = carries.plus(each);
    }
    return carries;
  }

  @Test
  void ofOneWriteTheLatestTryCounts() {
    assertThat(of(carry(1, 10), carry(1, 11)).all()).containsExactly(carry(1, 11));
    assertThat(of(carry(1, 11), carry(1, 10)).all()).containsExactly(carry(1, 11));
  }

  /** As they may be found after a crash. */
  @Test
  void theyAreInTheOrderOfTheWritesHoweverTheyCome() {
    Carries carries = of(carry(3, 30)).and(of(carry(2, 20), carry(1, 10)));
    assertThat(carries.all()).containsExactly(carry(1, 10), carry(2, 20), carry(3, 30));
    assertThat(carries.last()).isEqualTo(carry(3, 30));
    assertThat(carries.between(Optional.empty(), place(3)))
        .containsExactly(carry(1, 10), carry(2, 20));
  }

  @Test
  void oneThatLandsMakesUpForEarlierOnesUnlessItIsOnlyBroughtAgain() {
    Carries carries = of(carry(1, 10), carry(2, 20), carry(3, 30)).landedAgain(place(2));
    assertThat(carries.all()).hasSize(3);
    assertThat(carries.hasLanded(place(1))).isFalse();
    assertThat(carries.hasLanded(place(2))).isTrue();

    assertThat(carries.landed(place(3)))
        .isEqualTo(new Carries(List.of(carry(3, 30)), List.of(place(3))));
    assertThat(carries.landed(place(4)).all()).isEmpty();
    assertThat(of(carry(1, 10)).and(Carries.NONE.landed(place(1))).hasLanded(place(1))).isTrue();
  }

  @Test
  void thoseOfOtherContentsOfTheIndexAreNoneBefore() {
    Place other = new Place("other", 0, 7, 1);
    assertThat(of(carry(1, 10)).between(Optional.empty(), other)).isEmpty();
  }

  /** Its release may be forgotten by a crash. */
  @Test
  void whatTheLedgerCameToKnowIsPassedOver() {
    Carries carries = of(carry(1, 10), carry(2, 20), carry(3, 30));
    assertThat(carries.between(Optional.of(carry(2, 25)), place(9))).containsExactly(carry(3, 30));
    LedgerEntry refused = carry(0, 5).refusedAt(place(2), null, 25);
    assertThat(carries.between(Optional.of(refused), place(9))).hasSize(3);
    LedgerEntry other = carry(0, 5).at(new Place("other", 0, 7, 1));
    assertThat(carries.between(Optional.of(other), place(9))).hasSize(3);
  }

  @Test
  void aFewAreKept() {
    Carries carries = Carries.NONE;
    for (int i = 0; i < 100; i++) {
      carries = carries.plus(carry(i, i));
    }
    assertThat(carries.all()).hasSize(8).last().isEqualTo(carry(99, 99));
  }
}
