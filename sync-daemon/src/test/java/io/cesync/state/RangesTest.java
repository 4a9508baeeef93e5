package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  @Test
  void itKnowsWhatIsDoneAndWhatIsOpen() {
    Ranges none = Ranges.of(6);
    Ranges some = none.with(0).with(1).with(4).with(4);

    assertThat(none.open()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(some.open()).containsExactly(2, 3, 5);
    assertThat(some.count()).isEqualTo(3);
    assertThat(some.isDone(4)).isTrue();
    assertThat(some.isDone(5)).isFalse();
    assertThat(some.allDone()).isFalse();
    assertThat(some.with(2).with(3).with(5).allDone()).isTrue();
    assertThat(some).hasToString("3 of 6: 0-1 4");
    assertThat(Ranges.parse("3 of 6: 0-1 4")).isEqualTo(some);
    assertThat(none).hasToString("0 of 6");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> none.with(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1 of 2",
        "0 of 2: 1",
        "1 of 2: 2",
        "2 of 2: 1-0",
        "1 of 2: 0 ",
        "1 of 2: -",
        "1 of 9999999: 1",
        "2 of 4: 0-1-2",
        "2 of 4: 0  1"
      })
  void whatDoesNotAddUpIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ranges.parse(text));
  }
}
