package io.cesync.sync;

import static io.cesync.sync.Keys.entry;
import static io.cesync.sync.Keys.partition;
import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final long ENTRY = 100_000;

  private final Looks looks = new Looks(5_000, 60_000);

  private static Pending pending(RowKey key, long takenAt) {
    Pending pending = new Pending(key);
    pending.add(entry(key, Operation.DELETE_RANGE, ENTRY, 7));
    pending.takenAt = takenAt;
    return pending;
  }

  @Test
  void looksAgainSoonerAtARowThanAtAPartition() {
    assertThat(looks.afterUnseen(pending(row(1, 1), ENTRY))).hasValue(ENTRY + 8);
    assertThat(looks.afterUnseen(pending(partition(1), ENTRY))).hasValue(ENTRY + 100);
    assertThat(looks.afterUntold(pending(row(1, 1), ENTRY))).hasValue(ENTRY + 50);
    assertThat(looks.afterUntold(pending(partition(1), ENTRY))).hasValue(ENTRY + 100);
  }

  @Test
  void endsWithALookThatBeganAfterTheLateWindow() {
    Pending before = pending(row(1, 1), ENTRY + 59_999);
    assertThat(looks.afterUntold(before)).hasValue(ENTRY + 60_000);
    assertThat(looks.afterUnseen(before)).isPresent();
    Pending after = pending(row(1, 1), ENTRY + 60_000);
    assertThat(looks.afterUntold(after)).isEqualTo(OptionalLong.empty());
    assertThat(looks.afterUnseen(after)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void refreshesOnceForNothingBehindWhichAnEntryStands() {
    Pending pending = new Pending(partition(1));
    pending.prune = true;
    assertThat(looks.needsRefresh(pending, ENTRY)).isTrue();
    assertThat(looks.seesAll(pending)).isFalse();
    pending.refreshedAt = ENTRY;
    assertThat(looks.needsRefresh(pending, ENTRY)).isFalse();
    assertThat(looks.seesAll(pending)).isTrue();
  }

  @Test
  void refreshesAMomentLaterAndOnceWritesHaveSettledAndInTheEnd() {
    Pending pending = pending(partition(1), ENTRY);
    for (long after : new long[] {1_000, 5_000, 60_000}) {
      assertThat(looks.needsRefresh(pending, ENTRY + after - 1)).isFalse();
      assertThat(looks.needsRefresh(pending, ENTRY + after)).isTrue();
      pending.refreshedAt = ENTRY + after;
      assertThat(looks.needsRefresh(pending, ENTRY + after + 1)).isFalse();
      assertThat(looks.seesAll(pending)).isTrue();
    }
  }

  @Test
  void seesNotAllBeforeTheFirstRefreshAfterTheNewestEntry() {
    Pending pending = pending(partition(1), ENTRY);
    pending.refreshedAt = ENTRY + 1_000;
    pending.add(entry(partition(1), Operation.DELETE_RANGE, ENTRY + 1, 8));
    assertThat(looks.seesAll(pending)).isFalse();
  }

  @Test
  void refreshesAPartitionThatChangesAllTheTimeOnceEntriesAreToBeDone() {
    Pending pending = pending(partition(1), ENTRY);
    for (long millis = 500; millis < 60_500; millis += 500) {
      pending.add(entry(partition(1), Operation.DELETE_RANGE, ENTRY + millis, 8));
      assertThat(looks.needsRefresh(pending, ENTRY + millis)).isFalse();
    }
    long now = ENTRY + 30_000 + 60_000;
    pending.add(entry(partition(1), Operation.DELETE_RANGE, now, 9));
    assertThat(looks.needsRefresh(pending, now)).isTrue();
    pending.refreshedAt = now;
    assertThat(looks.needsRefresh(pending, now)).isFalse();
  }

  @Test
  void refreshesForNoStaticColumn() {
    Pending pending = new Pending(partition(1));
    pending.add(entry(partition(1), Operation.STATIC, ENTRY, 7));
    assertThat(looks.needsRefresh(pending, ENTRY + 60_000)).isFalse();
    assertThat(looks.seesAll(pending)).isTrue();
  }
}
