package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SeqNoRangeTest {

  @Property(tries = 500)
  void countsAsOneByOne(
      @ForAll @Size(max = 20) @LongRange(max = 12) long[] numbers,
      @ForAll @LongRange(max = 12) long from,
      @ForAll @LongRange(max = 12) long to) {
    long[] sorted = Arrays.stream(numbers).sorted().toArray();
    SeqNoRange range = new SeqNoRange(from, Math.max(from, to));
    assertThat(range.count(sorted))
        .isEqualTo((int) Arrays.stream(numbers).filter(n -> n >= from && n <= range.to()).count());
  }
}
