package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.SeqNoRange;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ReadNumbersTest {

  @Property(tries = 500)
  void allAreThereIfNoneIsMissing(@ForAll long seed) {
    Random random = new Random(seed);
    long from = random.nextLong(1L << 40);
    SeqNoRange range = new SeqNoRange(from, from + random.nextInt(200) - 1);
    ReadNumbers read = new ReadNumbers(range);
    Set<Long> missing =
        LongStream.rangeClosed(range.from(), range.to())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Long> known = new TreeSet<>();
    // Few are missing, if any.
    int gap = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(100);
    for (long number = range.from(); number <= range.to(); number++) {
      if (random.nextInt(gap) > 0 || gap == Integer.MAX_VALUE) {
        missing.remove(number);
        if (random.nextInt(4) == 0) {
          known.add(number);
        } else {
          read.found(number);
        }
      }
    }
    assertThat(read.hasAll(known::contains)).isEqualTo(missing.isEmpty());
  }

  @Property(tries = 1)
  void nothingIsMissingWhereNothingWasWritten() {
    assertThat(new ReadNumbers(new SeqNoRange(7, 6)).hasAll(number -> false)).isTrue();
    assertThat(new ReadNumbers(new SeqNoRange(7, 7)).hasAll(number -> false)).isFalse();
  }
}
