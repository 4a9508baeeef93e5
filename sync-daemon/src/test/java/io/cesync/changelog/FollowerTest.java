package io.cesync.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FollowerTest {
  private static final long AGE = 15_000;

  private final Follower follower = new Follower(AGE);

  FollowerTest() {
    follower.startAt(1_000);
  }

  @Test
  void readsUpToItsAge() {
    assertThat(follower.due(60_000, 60_000)).isEqualTo(new Window(1_000, 45_000));
  }

  @Test
  void doesNotReadAgainWhatAnotherReadHasCovered() {
    follower.covered(1_000, 60_000);
    assertThat(follower.due(61_000, 61_000)).isEqualTo(new Window(45_000, 46_000));
  }

  @Test
  void aReadThatBeginsLaterCoversNothing() {
    follower.covered(1_500, 60_000);
    assertThat(follower.cursor()).isEqualTo(1_000);
  }

  @Test
  void whatWasReadTooEarlyIsNotCovered() {
    follower.covered(0, 10_000);
    assertThat(follower.cursor()).isEqualTo(1_000);
  }

  @Test
  void itsOwnReadGoesOnWhereItEnds() {
    Window window = follower.due(60_000, 60_000);
    follower.started();
    follower.covered(1_000, 90_000);
    follower.finished(window, 60_000);
    assertThat(follower.cursor()).isEqualTo(45_000);
  }
}
