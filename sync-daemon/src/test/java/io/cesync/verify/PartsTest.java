package io.cesync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.state.Ranges;
import io.cesync.verify.Parts.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

  private static List<Integer> handedOut(Parts parts, int requests) {
    List<Integer> all = new ArrayList<>();
    for (Optional<Stretch> next = parts.take(); next.isPresent(); next = parts.take()) {
      for (int part = next.get().first(); part <= next.get().last(); part++) {
        all.add(part);
      }
      parts.done(next.get(), requests);
    }
    return all;
  }

  @Test
  void eachIsHandedOutOnceHoweverManyAtATime() {
    for (int requests : new int[] {0, 1, 2}) {
      Parts parts = new Parts(Ranges.of(Parts.ALL));
      assertThat(handedOut(parts, requests)).doesNotHaveDuplicates().hasSize(Parts.ALL);
      assertThat(parts.ranges().allDone()).isTrue();
    }
  }

  @Test
  void whatIsAlmostEmptyTakesFewStretches() {
    Parts parts = new Parts(Ranges.of(Parts.ALL));
    int stretches = 0;
    for (Optional<Stretch> next = parts.take(); next.isPresent(); next = parts.take()) {
      parts.done(next.get(), 1);
      stretches++;
    }
    assertThat(stretches).isLessThan(20);
  }

  @Test
  void whatWasDoneBeforeIsNot() {
    Parts parts = new Parts(Ranges.of(Parts.ALL).with(0).with(7).with(511));
    assertThat(handedOut(parts, 1)).doesNotContain(0, 7, 511).hasSize(Parts.ALL - 3);
  }

  @Test
  void aSampleIsAsLargeAsItShouldBeAndNotAlwaysTheSame() {
    Ranges one = Parts.sample(51, new Random(1));
    assertThat(handedOut(new Parts(one), 1)).hasSize(51);
    assertThat(one).isNotEqualTo(Parts.sample(51, new Random(2)));
    assertThat(Parts.sample(Parts.ALL, new Random(1)).count()).isZero();
  }
}
