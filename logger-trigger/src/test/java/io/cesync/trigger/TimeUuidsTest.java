package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeUuidsTest {
  private static final long NOW = 1_800_000_000_123_456L;

  private final AtomicLong micros = new AtomicLong(NOW);
  private final TimeUuids ids = new TimeUuids(micros::get);

  @Test
  void isATimeUuidOfNow() {
    UUID uuid = uuid(ids.next());
    assertThat(uuid.version()).isEqualTo(1);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(uuid.timestamp()).isEqualTo(NOW * 10 + 0x01B21DD213814000L);
    assertThat(uuid.node() & 0x010000000000L).as("multicast bit").isNotZero();
  }

  @Test
  void standsStillWithTheClockButNotInTicks() {
    List<Long> ticks = List.of(ids.next().ticks, ids.next().ticks, ids.next().ticks);
    assertThat(ticks).containsExactly(NOW * 10, NOW * 10 + 1, NOW * 10 + 2);
  }

  @Test
  void goesOnAfterASmallStepBack() {
    TimeUuid before = ids.next();
    micros.addAndGet(-900_000);
    TimeUuid after = ids.next();
    assertThat(after.ticks).isEqualTo(before.ticks + 1);
    assertThat(after.low).isEqualTo(before.low);
  }

  @Test
  void followsTheClockAfterALargeStepBackWithAnotherSequence() {
    TimeUuid before = ids.next();
    micros.addAndGet(-3_600_000_000L);
    TimeUuid after = ids.next();
    assertThat(after.ticks).isEqualTo(micros.get() * 10);
    assertThat(after.low).isNotEqualTo(before.low);
    assertThat(ids.next().ticks).isEqualTo(after.ticks + 1);
  }

  @Test
  void isIncreasingInEveryThreadAndUniqueOverAll() throws Exception {
    TimeUuids real = new TimeUuids();
    int threads = 8;
    int each = 50_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<long[]>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        results.add(
            pool.submit(
                () -> {
                  long[] ticks = new long[each];
                  for (int i = 0; i < each; i++) {
                    ticks[i] = real.next().ticks;
                  }
                  return ticks;
                }));
      }
      Set<Long> all = new HashSet<>();
      for (Future<long[]> result : results) {
        long last = 0;
        for (long ticks : result.get()) {
          assertThat(ticks).isGreaterThan(last);
          last = ticks;
          all.add(ticks);
        }
      }
      assertThat(all).hasSize(threads * each);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void expiriesOfOneSecondAreUniqueAndWithinAMillisecond() {
    long second = 1_900_000_000L;
    Set<UUID> all = new HashSet<>();
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      TimeUuid id = ids.at(second);
      assertThat(id.ticks - second * TimeUuid.TICKS_PER_SECOND).isBetween(0L, 9_999L);
      all.add(uuid(id));
    }
    assertThat(all).hasSize(count);
    assertThat(all).allMatch(uuid -> uuid.version() == 1 && uuid.variant() == 2);
  }

  @Test
  void bucketIsTheStartOfItsTime() {
    assertThat(new TimeUuid(599 * TimeUuid.TICKS_PER_SECOND + 9_999_999, 0).bucket(300))
        .isEqualTo(300_000);
    assertThat(new TimeUuid(600 * TimeUuid.TICKS_PER_SECOND, 0).bucket(300)).isEqualTo(600_000);
  }

  private static UUID uuid(TimeUuid id) {
    ByteBuffer bytes = id.bytes();
    return new UUID(bytes.getLong(0), bytes.getLong(8));
  }
}
