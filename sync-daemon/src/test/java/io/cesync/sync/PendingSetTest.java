package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PendingSetTest {

  @Property(tries = 200)
  void itHasWhatWasAddedAndNotRemoved(@ForAll long seed) {
    Random random = new Random(seed);
    PendingSet set = new PendingSet();
    List<Pending> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      if (expected.isEmpty() || random.nextInt(3) > 0) {
        expected.add(new Pending(Keys.row(i, 1)));
        set.add(expected.get(expected.size() - 1));
      } else {
        set.remove(expected.remove(random.nextInt(expected.size())));
      }
      Set<Pending> seen = new HashSet<>();
      assertThat(set.isAny(each -> !seen.add(each))).as("some key twice").isFalse();
      assertThat(seen).isEqualTo(new HashSet<>(expected));
      assertThat(set.size()).isEqualTo(expected.size());
      assertThat(set.chars())
          .isEqualTo(expected.stream().mapToInt(each -> each.key.json().length()).sum());
    }
  }

  @Property(tries = 1)
  void itStopsAtTheFirstThatFits() {
    PendingSet set = new PendingSet();
    set.add(new Pending(Keys.row(1, 1)));
    set.add(new Pending(Keys.row(2, 1)));
    List<Pending> asked = new ArrayList<>();
    assertThat(set.isAny(each -> asked.add(each))).isTrue();
    assertThat(asked).hasSize(1);
  }
}
