package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.IndexStats.Shard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuityTest {

  @ParameterizedTest
  @CsvSource({
    "u, h, 10, 10, GOES_ON",
    "u, h, 10, 11, GOES_ON",
    "u, h, -1, -1, GOES_ON",
    "u, h, 10, 9, NUMBERS_FELL",
    "u, h, 0, -1, NUMBERS_FELL",
    "u, h2, 10, 20, OTHER_HISTORY",
    "u, h2, 10, 5, OTHER_HISTORY",
    "u2, h, 10, 20, OTHER_INDEX",
    "u2, h2, 10, 5, OTHER_INDEX",
  })
  void aPositionCountsOnlyInItsOwnHistory(
      String uuid, String history, long known, long highest, Continuity continuity) {
    ShardPosition position = new ShardPosition("u", 0, "h", known);

    // A replica that became the primary may know a lower checkpoint for a moment.
    assertThat(Continuity.of(position, uuid, new Shard(history, highest, -1)))
        .isEqualTo(continuity);
  }

  @Test
  void withoutAPositionNothingGoesOn() {
    assertThat(Continuity.of(null, "u", new Shard("h", 5, 5))).isEqualTo(Continuity.UNKNOWN);
  }
}
