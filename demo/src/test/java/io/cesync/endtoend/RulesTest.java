package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static Claim surely(String value, Times times) {
    return new Claim(value, times, true, "test");
  }

  private static Claim perhaps(String value, Times times) {
    return new Claim(value, times, false, "test");
  }

  @Test
  void theNewestMayStandAndNoOther() {
    List<Claim> claims = List.of(surely("old", Times.at(1)), surely("new", Times.at(2)));
    assertThat(Rules.judge(claims, "new", 2)).isEmpty();
    assertThat(Rules.judge(claims, "old", 1)).get().asString().contains("superseded", "new");
    assertThat(Rules.judge(claims, null, Times.NEVER)).contains("nobody wrote it");
    assertThat(Rules.judge(claims, "other", 2)).get().asString().contains("nobody wrote it");
  }

  @Test
  void aValueStandsAtItsOwnTimeOnly() {
    List<Claim> claims = List.of(surely("a", Times.between(5, 8).or(2)));
    assertThat(Rules.judge(claims, "a", 5)).isEmpty();
    assertThat(Rules.judge(claims, "a", 8)).isEmpty();
    assertThat(Rules.judge(claims, "a", 2)).isEmpty();
    assertThat(Rules.judge(claims, "a", 4)).get().asString().contains("at that time");
    assertThat(Rules.judge(claims, "a", 9)).get().asString().contains("at that time");
  }

  @Test
  void whereTimesOverlapAnyMayStand() {
    List<Claim> claims =
        List.of(surely("a", Times.between(1, 5)), surely("b", Times.between(4, 9)));
    assertThat(Rules.judge(claims, "a", 4)).isEmpty();
    assertThat(Rules.judge(claims, "b", 4)).isEmpty();
    assertThat(Rules.judge(claims, "a", 3)).as("b was later than that").isPresent();
  }

  @Test
  void nothingStandsOnlyIfItMayBeTheNewest() {
    Claim written = surely("a", Times.at(5));
    assertThat(Rules.judge(List.of(written, surely(null, Times.at(6))), null, 0)).isEmpty();
    assertThat(Rules.judge(List.of(written, surely(null, Times.at(5))), null, 0)).isEmpty();
    assertThat(Rules.judge(List.of(written, surely(null, Times.at(4))), null, 0)).isPresent();
    assertThat(Rules.judge(List.of(written, perhaps(null, Times.between(1, 9))), null, 0))
        .isEmpty();
    assertThat(Rules.judge(List.of(written, surely(null, Times.at(6))), "a", 5))
        .as("a delete that is lost")
        .isPresent();
  }

  @Test
  void whatMayNotHaveBeenWrittenNeedNotStand() {
    List<Claim> claims = List.of(surely("old", Times.at(1)), perhaps("new", Times.at(2)));
    assertThat(Rules.judge(claims, "old", 1)).isEmpty();
    assertThat(Rules.judge(claims, "new", 2)).isEmpty();
  }
}
