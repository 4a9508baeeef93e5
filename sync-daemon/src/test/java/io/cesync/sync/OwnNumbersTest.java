package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OwnNumbersTest {

  @Property(tries = 300)
  void whatFollowsAPositionWithoutAGapIsKnown(@ForAll long seed) {
    Random random = new Random(seed);
    OwnNumbers own = new OwnNumbers();
    TreeSet<Long> expected = new TreeSet<>();
    long position = -1;
    for (int i = 0; i < 200; i++) {
      long number = position + 1 + random.nextInt(20);
      long other = position + 1 + random.nextInt(20);
      assertThat(own.isKnown(other)).isEqualTo(expected.contains(other));
      if (random.nextInt(5) > 0) {
        own.known(number);
        expected.add(number);
      } else {
        long last = position;
        while (expected.contains(last + 1)) {
          last++;
        }
        assertThat(own.lastAfter(position)).isEqualTo(last);
        assertThat(own.lastAfter(position)).as("asked again").isEqualTo(last);
        position = random.nextBoolean() ? last : number;
      }
    }
  }

  @Property(tries = 1)
  void whatIsBeforeAPositionIsForgottenAndThereAreNotTooMany() {
    OwnNumbers own = new OwnNumbers();
    for (long number = 0; number < 50_000; number += 2) {
      own.known(number);
    }
    assertThat(own.lastAfter(-1)).as("the oldest run is gone").isEqualTo(-1);
    assertThat(own.lastAfter(49_997)).isEqualTo(49_998);
    assertThat(own.lastAfter(49_995)).as("before a position that was asked for").isEqualTo(49_995);
  }

  @Property(tries = 1)
  void whatIsUnderWayNowIsWaitedFor() {
    OwnNumbers own = new OwnNumbers();
    assertThat(own.settled().toCompletableFuture()).isCompleted();
    OwnNumbers.Request first = own.sent();
    OwnNumbers.Request second = own.sent();
    CompletableFuture<Void> both = own.settled().toCompletableFuture();
    OwnNumbers.Request later = own.sent();
    second.settled();
    assertThat(both).isNotDone();
    first.settled();
    assertThat(both).isCompleted();
    assertThat(own.settled().toCompletableFuture()).isNotDone();
    later.settled();
    assertThat(own.settled().toCompletableFuture()).isCompleted();
  }
}
